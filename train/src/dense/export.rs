//! Rounds a trained network to integers and writes it as `tidings::nlp::model::network` reads it.

use super::fit::Trained;
use tidings::nlp::model::container::{Kind, Writer, seal};
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
