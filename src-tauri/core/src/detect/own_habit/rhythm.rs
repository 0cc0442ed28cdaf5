//! When, for what, how and to whom this user pays: counts that fade, on the circle of the day and by number.

use super::curves::{exp, ln};

/// A count fades by half within some 700 rows.
const FADING: f64 = 0.999;
const GROWTH: f64 = 1.0 / FADING;
/// What is known of anyone's day counts like a dozen rows.
const ANYONE_ROWS: f64 = 12.0;
/// Half of what someone else does looks like what this user does.
const ALIKE: f64 = 0.5;
/// Someone else pays new payees this much oftener; what looks alike is taken out.
const NEW: f64 = 0.3;
/// The user's share of new payees is followed over a hundred rows.
const NEW_MEMORY: f64 = 0.99;
/// No single one of these says more than this, in nats …
const CLIP: f64 = 2.0;
/// … but that a category or a channel was never seen in years of paying says more than that.
const CLIP_UNSEEN: f64 = 4.5;
/// Days over which the user's own pace is followed, and the rows and days it starts from.
const PACE_DAYS: f64 = 40.0;
const PACE_START: f64 = 2.0;

/// Hours of the day: how many rows, faded.
#[derive(Debug, Clone)]
pub struct Hours {
    counts: [f64; 24],
    total: f64,
    grown: f64,
}

impl Default for Hours {
    fn default() -> Self {
        Self { counts: [0.0; 24], total: 0.0, grown: 1.0 }
    }
}

/// Anyone's day: few pay between midnight and six, fewer than usual after eleven at night.
fn anyone(hour: usize) -> f64 {
    const SUM: f64 = 17.0 + 0.6 + 6.0 * 0.25;
    match hour {
        0..6 => 0.25 / SUM,
        23 => 0.6 / SUM,
        _ => 1.0 / SUM,
    }
}

/// Who uses another's account does it while its owner sleeps, or at any hour.
fn someone_else(hour: usize) -> f64 {
    const NIGHT: f64 = 3.8;
    const SUM: f64 = 17.0 + 7.0 * NIGHT;
    if !(5..22).contains(&hour) { NIGHT / SUM } else { 1.0 / SUM }
}

impl Hours {
    /// Log-likelihood ratio of a row at this hour.
    pub fn say(&self, hour: usize) -> f64 {
        let near = |by: usize| self.counts[(hour + by) % 24] + self.counts[(hour + 24 - by) % 24];
        let smooth = 0.5 * self.counts[hour % 24] + 0.2 * near(1) + 0.05 * near(2);
        let prior = ANYONE_ROWS * self.grown;
        let own = (prior * anyone(hour) + smooth) / (prior + self.total);
        ln(someone_else(hour) / own).clamp(-CLIP, CLIP)
    }

    /// Learns a row.
    pub fn learn(&mut self, hour: usize, weight: f64) {
        // Instead of all counts fading, each new row counts more.
        self.grown *= GROWTH;
        self.counts[hour % 24] += weight * self.grown;
        self.total += weight * self.grown;
        if self.grown > 1e100 {
            self.counts.iter_mut().for_each(|count| *count /= self.grown);
            self.total /= self.grown;
            self.grown = 1.0;
        }
    }
}

/// Categories or channels: how many rows of each, faded.
#[derive(Debug, Clone)]
pub struct Choices {
    counts: Vec<f64>,
    seen: f64,
    total: f64,
    grown: f64,
}

impl Default for Choices {
    fn default() -> Self {
        Self { counts: Vec::new(), seen: 0.0, total: 0.0, grown: 1.0 }
    }
}

impl Choices {
    /// Log-likelihood ratio of a row of this number.
    pub fn say(&self, number: usize) -> f64 {
        let kinds = self.seen + 1.0;
        let count = self.counts.get(number).copied().unwrap_or(0.0);
        let own = (count + 0.5 * self.grown) / (self.total + 0.5 * kinds * self.grown);
        let other = ALIKE * own + (1.0 - ALIKE) / kinds;
        ln(other / own).clamp(-CLIP, CLIP_UNSEEN)
    }

    /// Learns a row.
    pub fn learn(&mut self, number: usize, weight: f64) {
        if self.counts.len() <= number {
            self.counts.resize(number + 1, 0.0);
        }
        self.grown *= GROWTH;
        if self.counts[number] <= 0.0 {
            self.seen += 1.0;
        }
        self.counts[number] += weight * self.grown;
        self.total += weight * self.grown;
        if self.grown > 1e100 {
            self.counts.iter_mut().for_each(|count| *count /= self.grown);
            self.total /= self.grown;
            self.grown = 1.0;
        }
    }
}

/// How often this user pays someone new.
#[derive(Debug, Clone)]
pub struct Newness {
    new: f64,
    rows: f64,
}

impl Default for Newness {
    fn default() -> Self {
        Self { new: 1.0, rows: 1.0 }
    }
}

impl Newness {
    /// Log-likelihood ratio of paying someone new, or someone known.
    pub fn say(&self, new: bool) -> f64 {
        let own = (self.new / self.rows).clamp(0.02, 0.98);
        let other = NEW + (1.0 - NEW) * own;
        let ratio = if new { other / own } else { (1.0 - other + 1e-3) / (1.0 - own) };
        ln(ratio).clamp(-CLIP, CLIP)
    }

    /// Learns a row.
    pub fn learn(&mut self, new: bool, weight: f64) {
        self.new = self.new * NEW_MEMORY + if new { weight } else { 0.0 };
        self.rows = self.rows * NEW_MEMORY + weight;
    }
}

/// The user's own pace.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    rows: f64,
    days: f64,
}

impl Pace {
    /// Rows a day.
    pub fn a_day(&self) -> f64 {
        (self.rows + PACE_START) / (self.days + PACE_START)
    }

    /// Learns a row that came `days` after the last.
    pub fn learn(&mut self, days: f64, weight: f64) {
        let kept = exp(-days / PACE_DAYS);
        self.rows = self.rows * kept + weight;
        self.days = self.days * kept + PACE_DAYS * (1.0 - kept);
    }
}
