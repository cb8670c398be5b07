//! Sums of block heights that take a change and answer a question in O(log n).

/// A Fenwick tree over heights in points. Sums are `f64`: at a million rows `f32` no longer tells pixels apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Fenwick {
    tree: Vec<f64>,
}

impl Fenwick {
    /// A tree over `heights`, in O(n).
    pub(super) fn new(heights: impl Iterator<Item = f64>) -> Self {
        let mut tree = vec![0.0];
        tree.extend(heights);
        for index in 1..tree.len() {
            let parent = index + (index & index.wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[index];
            }
        }
        Self { tree }
    }

    /// Adds `delta` to the height at `index`.
    pub(super) fn add(&mut self, index: usize, delta: f64) {
        let mut index = index + 1;
        while index < self.tree.len() {
            self.tree[index] += delta;
            index += index & index.wrapping_neg();
        }
    }

    /// The sum of the first `count` heights.
    pub(super) fn sum(&self, count: usize) -> f64 {
        let mut index = count.min(self.tree.len().saturating_sub(1));
        let mut sum = 0.0;
        while index > 0 {
            sum += self.tree[index];
            index -= index & index.wrapping_neg();
        }
        sum
    }

    /// The sum of all heights.
    pub(super) fn total(&self) -> f64 {
        self.sum(self.tree.len().saturating_sub(1))
    }

    /// The index of the height that covers `y`, and how far `y` lies inside it; `y` beyond the end gives the last.
    pub(super) fn find(&self, y: f64) -> (usize, f64) {
        let count = self.tree.len().saturating_sub(1);
        let mut index = 0;
        let mut rest = y.max(0.0);
        let mut step = if count == 0 { 0 } else { 1 << count.ilog2() };
        while step > 0 {
            let next = index + step;
            if next <= count && self.tree[next] <= rest {
                index = next;
                rest -= self.tree[next];
            }
            step /= 2;
        }
        if index >= count && count > 0 {
            (count - 1, rest + self.sum(count) - self.sum(count - 1))
        } else {
            (index, rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_places_agree_with_the_plain_way(
            mut heights in prop::collection::vec(0_u16..500, 1..80),
            changes in prop::collection::vec((0_usize..80, 0_u16..500), 0..20),
            asked in 0_u32..40_000,
        ) {
            let mut tree = Fenwick::new(heights.iter().map(|height| f64::from(*height)));
            for (index, height) in changes {
                let index = index % heights.len();
                tree.add(index, f64::from(height) - f64::from(heights[index]));
                heights[index] = height;
            }
            for count in 0..=heights.len() {
                let plain: f64 = heights[..count].iter().map(|height| f64::from(*height)).sum();
                prop_assert!((tree.sum(count) - plain).abs() < 1e-6);
            }
            let (index, rest) = tree.find(f64::from(asked));
            prop_assert!(index < heights.len());
            prop_assert!((tree.sum(index) + rest - f64::from(asked)).abs() < 1e-6);
            if f64::from(asked) < tree.total() {
                prop_assert!(rest < f64::from(heights[index]));
            }
        }
    }

    #[test]
    fn an_empty_tree_answers() {
        let tree = Fenwick::new(std::iter::empty());
        assert!(tree.total().abs() < f64::EPSILON);
        assert_eq!(tree.find(10.0).0, 0);
        assert_eq!(Fenwick::default().find(3.0).0, 0);
    }
}
