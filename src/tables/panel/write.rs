//! A panel as a file: CSV or Parquet, by the name's ending.

use super::measures::{Measures, column};
use super::{Panel, Unit};
use crate::tables::cell::{Cell, Day, Kind};
use crate::tables::csv_file::CsvFile;
use crate::tables::extras::ColumnInfo;
use crate::tables::file::TableError;
use crate::tables::parquet::ParquetFile;
use crate::tables::schema::Table;
use std::path::Path;

/// What the Parquet file says about itself.
static PANEL: Table = Table {
    name: "panel",
    description: "One row per unit and period, counted over `dyads`.",
    key: &[],
    references: &[],
    columns: &[],
};

/// Writes `panel` to `path`: Parquet if the name ends in `.parquet`, else CSV.
///
/// # Errors
/// When the file cannot be written.
pub fn write(panel: &Panel, path: &Path) -> Result<(), TableError> {
    let columns = columns(panel.options.unit);
    let root = path.parent().unwrap_or(Path::new(""));
    if path.extension().is_some_and(|extension| extension == "parquet") {
        let mut file = ParquetFile::create(path.to_owned(), &PANEL, columns)?;
        rows(panel, |cells| {
            cells.iter().enumerate().for_each(|(at, &cell)| file.cell(at, cell));
            file.end_row()
        })?;
        file.finish(root, PANEL.name)?;
    } else {
        let mut file = CsvFile::create(path.to_owned(), &columns, false)?;
        rows(panel, |cells| {
            cells.iter().try_for_each(|&cell| file.cell(cell))?;
            file.end_row()
        })?;
        file.finish(root, PANEL.name)?;
    }
    Ok(())
}

fn columns(unit: Unit) -> Vec<ColumnInfo> {
    let mut columns = match unit {
        Unit::Dyad => vec![
            column("source_country", Kind::Text, "Country or PLOVER code of who does it."),
            column("target_country", Kind::Text, "Country or PLOVER code of whom it is done to."),
        ],
        Unit::Country => vec![column("country", Kind::Text, "Country or PLOVER code of who does it.")],
    };
    columns.extend([
        column("period", Kind::Text, "Name of the period, such as 2023-07, 2023-W28 or 2023-Q3."),
        column("period_start", Kind::Date, "Its first day."),
        column("period_end", Kind::Date, "Its last day."),
    ]);
    columns.extend(Measures::columns());
    columns
}

fn rows<E>(panel: &Panel, mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>) -> Result<(), E> {
    let by = panel.options.by;
    panel.rows.iter().try_for_each(|((unit, start), measures)| {
        let label = by.label(*start);
        let day = |date| Day::of(date).map_or(Cell::Null, Cell::Date);
        let mut cells: Vec<Cell<'_>> = unit.iter().map(|code| Cell::Text(code)).collect();
        cells.extend([Cell::Text(&label), day(*start), day(by.end(*start))]);
        measures.cells(&mut |cell| cells.push(cell));
        each(&cells)
    })
}
