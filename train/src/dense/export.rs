//! Rounds a trained network to integers and writes it as `tidings::nlp::model::network` reads it; and reads such a file
//! back, for training to go on from it.

use super::fit::Trained;
use super::net::{Net, Sizes};
use super::param::Param;
use crate::rng::Rng;
use tidings::nlp::model::container::{Kind, ModelError, Reader, Writer, open, seal};
use tidings::nlp::model::linear::{Table, write};
use tidings::nlp::model::tree::DISTANCES;

pub(crate) fn export(trained: &Trained) -> Vec<u8> {
    let net = &trained.net;
    let s = net.sizes;
    let mut w = Writer::default();
    for n in [s.vector, s.width, s.arc, s.label, s.layers, s.trained] {
        w.u32(n as u32);
    }
    w.u32s(&trained.words);
    Table::write(&mut w, &net.vectors);
    write(&mut w, s.vector, s.width, &net.projection.w, &vec![0.0; s.width]);
    Table::write(&mut w, &net.words.w);
    for table in &net.tables {
        Table::write(&mut w, &table.w);
    }
    write(&mut w, 3 * s.width, s.width, &net.window.w.w, &net.window.b.w);
    let half = s.width / 2;
    for layer in &net.layers {
        for d in layer {
            write(&mut w, s.width, 3 * half, &d.input.w, &vec![0.0; 3 * half]);
        }
        for d in layer {
            for gate in [&d.bias_f, &d.bias_r, &d.cell_f, &d.cell_r] {
                w.f32s(&gate.w);
            }
        }
    }
    for l in [&net.upos, &net.xpos, &net.arc_dep, &net.arc_head, &net.label_dep, &net.label_head] {
        write(&mut w, s.width, l.w.columns, &l.w.w, &l.b.w);
    }
    write(&mut w, s.arc, s.arc, &net.bilinear.w, &net.head_bias.w);
    write(&mut w, s.arc, DISTANCES, &net.distance.w, &[0.0; DISTANCES]);
    write(&mut w, s.label, net.label.w.columns, &net.label.w.w, &net.label.b.w);
    w.f32s(&net.arc_root.w);
    w.f32s(&net.label_root.w);
    seal(Kind::Syntax, &w.bytes)
}

fn numbers(r: &mut Reader<'_>) -> Result<Vec<f32>, ModelError> {
    let scale = f32::from_bits(r.u32()?);
    Ok(r.i8s()?.into_iter().map(|v| f32::from(v) * scale).collect())
}

/// Weights and bias of a linear map.
fn linear(r: &mut Reader<'_>, w: &mut Param, bias: Option<&mut Param>) -> Result<(), ModelError> {
    let _inputs = r.count()?;
    let outputs = r.count()?;
    let small = r.i8s()?;
    let scale = r.f32s()?;
    let b = r.f32s()?;
    let values: Vec<f32> =
        small.chunks_exact(outputs).flat_map(|row| row.iter().zip(&scale).map(|(&v, s)| f32::from(v) * s)).collect();
    assert_eq!(w.w.len(), values.len(), "a layer of other size");
    w.w = values;
    if let Some(bias) = bias {
        bias.w = b;
    }
    Ok(())
}

/// The network in a model file.
pub(crate) fn import(name: &str, bytes: &[u8]) -> Result<Trained, ModelError> {
    let mut r = open(name, bytes, Kind::Syntax)?;
    let mut n = [0; 6];
    for n in &mut n {
        *n = r.count()?;
    }
    let [vector, width, arc, label, layers, trained] = n;
    let words = r.u32s()?;
    let vectors = numbers(&mut r)?;
    let sizes = Sizes { vector, trained, width, layers, arc, label };
    let mut net = Net::new(sizes, std::rc::Rc::new(vectors), &mut Rng::new(1));
    linear(&mut r, &mut net.projection, None)?;
    net.words.w = numbers(&mut r)?;
    for table in &mut net.tables {
        table.w = numbers(&mut r)?;
    }
    linear(&mut r, &mut net.window.w, Some(&mut net.window.b))?;
    for layer in &mut net.layers {
        for d in layer.iter_mut() {
            linear(&mut r, &mut d.input, None)?;
        }
        for d in layer {
            for gate in [&mut d.bias_f, &mut d.bias_r, &mut d.cell_f, &mut d.cell_r] {
                gate.w = r.f32s()?;
            }
        }
    }
    for l in
        [&mut net.upos, &mut net.xpos, &mut net.arc_dep, &mut net.arc_head, &mut net.label_dep, &mut net.label_head]
    {
        linear(&mut r, &mut l.w, Some(&mut l.b))?;
    }
    linear(&mut r, &mut net.bilinear, Some(&mut net.head_bias))?;
    linear(&mut r, &mut net.distance, None)?;
    linear(&mut r, &mut net.label.w, Some(&mut net.label.b))?;
    net.arc_root.w = r.f32s()?;
    net.label_root.w = r.f32s()?;
    r.end()?;
    Ok(Trained { net, words })
}
