use super::*;

/// The gradient of every part agrees with a finite difference of the loss.
#[test]
fn gradients_agree_with_differences() {
    let mut rng = Rng::new(3);
    let sizes = Sizes { vector: 8, trained: 4, width: 16, layers: 2, arc: 8, label: 8 };
    let vectors: Vec<f32> = (0..6 * 8).map(|_| rng.normal()).collect();
    let mut net = Net::new(sizes, std::rc::Rc::new(vectors), &mut rng);
    let sentence = |n: usize, rng: &mut Rng| Gold {
        features: (0..n)
            .map(|i| Features { word: (i != 1).then_some((i % 6) as u32), rows: [1, 2, i as u16, 4, 5, 6] })
            .collect(),
        upos: (0..n).map(|_| rng.below(17) as u8).collect(),
        xpos: (0..n).map(|_| rng.below(40) as u8).collect(),
        head: (0..n).map(|i| if i == 0 { 0 } else { rng.below(i) as u16 }).collect(),
        rel: (0..n).map(|_| rng.below(40) as u8).collect(),
    };
    let a = sentence(5, &mut rng);
    let b = sentence(3, &mut rng);
    let none = Drop { upos: 1.0, word: 0.0, input: 0.0, hidden: 0.0 };
    let total = |net: &mut Net| {
        let l = net.learn(&[&a, &b], &mut Rng::new(1), none);
        l.tags + l.arcs + l.labels
    };
    total(&mut net);
    let grads: Vec<Vec<f32>> = net.params().iter().map(|p| p.g.clone()).collect();
    let mut checked = 0;
    for (k, grad) in grads.iter().enumerate() {
        let picks: Vec<usize> = (0..grad.len()).filter(|&i| grad[i].abs() > 1e-3).take(200).step_by(23).collect();
        for i in picks {
            let eps = 3e-3;
            let old = net.params()[k].w[i];
            net.params()[k].w[i] = old + eps;
            let up = total(&mut net);
            net.params()[k].w[i] = old - eps;
            let down = total(&mut net);
            net.params()[k].w[i] = old;
            let want = (up - down) / (2.0 * eps);
            assert!((want - grad[i]).abs() < 0.02 * want.abs().max(0.05), "param {k}[{i}]: {want} against {}", grad[i]);
            checked += 1;
        }
    }
    assert!(checked > 50);
}
