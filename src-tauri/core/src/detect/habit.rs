//! Statistics of one's own habit: a window of the latest values, which forgets.

/// The latest `N` values.
#[derive(Debug, Clone, Default)]
pub struct Recent<const N: usize> {
    values: Vec<i64>,
    next: usize,
}

impl<const N: usize> Recent<N> {
    /// Takes one more value in, and forgets the oldest where the window is full.
    pub fn push(&mut self, value: i64) {
        if self.values.len() < N {
            self.values.push(value);
        } else {
            self.values[self.next] = value;
        }
        self.next = (self.next + 1) % N;
    }

    /// The latest value.
    pub fn last(&self) -> Option<i64> {
        let place = if self.next == 0 { self.values.len().checked_sub(1)? } else { self.next - 1 };
        self.values.get(place).copied()
    }

    /// The values remembered, in no order.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// How many values are remembered.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The largest, 0 where there is none.
    pub fn max(&self) -> i64 {
        self.values.iter().copied().max().unwrap_or(0)
    }

    /// The value below which `percent` of the others stand; 0 where there is none.
    pub fn percentile(&self, percent: usize) -> i64 {
        let mut sorted = self.values.clone();
        let Some(last) = sorted.len().checked_sub(1) else { return 0 };
        *sorted.select_nth_unstable(last * percent.min(100) / 100).1
    }

    /// The middle value.
    pub fn median(&self) -> i64 {
        self.percentile(50)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_forgets_its_oldest_values() {
        let mut recent = Recent::<3>::default();
        for value in [900, 1, 2, 3] {
            recent.push(value);
        }
        assert_eq!((recent.len(), recent.median(), recent.max()), (3, 2, 3));
    }

    #[test]
    fn an_empty_window_answers_zero() {
        let recent = Recent::<8>::default();
        assert_eq!((recent.median(), recent.max()), (0, 0));
    }
}
