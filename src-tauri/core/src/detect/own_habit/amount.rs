//! What this user pays: robust densities of the amount for the whole ledger, the category and the payee.
//!
//! Each level keeps a running location and spread on three scales (logarithm, cube root, plain) and weighs new
//! rows less the stranger they are. Which scale and how heavy a tail fit this user is learnt from how well
//! each foretold the rows so far; so is whether the payee and the category tell anything of the amount.

use super::curves::{exp, ln};

/// Scales: amounts of one person may be even on any of them.
const SCALES: usize = 3;
/// Student tails: nineteen degrees of freedom leave room for a stray row, ninety-nine are all but normal.
const TAILS: usize = 2;
const MODELS: usize = SCALES * TAILS;
/// Γ((ν+1)/2) / (Γ(ν/2) √(νπ)) for ν = 19, 99 and 4.
const NORMING: [f64; TAILS] = [0.393_729_807_292_602_76, 0.397_936_138_424_081_43];
const NORMING_BROAD: f64 = 0.375;
/// A spread is at least this share of the location: equal amounts say little of what else is usual.
const FLOOR: f64 = 0.08;
/// The window that forgets: a level follows as if it knew its latest 100 rows only.
const LEAST_STEP: f64 = 0.01;
/// Rows after which the ledger outweighs knowing nothing, a category the ledger, a payee the category.
const LEDGER_ROWS: f64 = 4.0;
const CATEGORY_ROWS: f64 = 6.0;
const PAYEE_ROWS: f64 = 10.0;
/// The whole ledger's spread counts like two rows of a level.
const BORROWED_ROWS: f64 = 2.0;
/// How long models are remembered (a hundred rows), and how fast levels prove telling.
const MEMORY: f64 = 0.99;
const TELLING_MEMORY: f64 = 0.98;
const TELLING_STEP: f64 = 0.3;
/// Trouble asks three times the usual more often than thirty: the excess falls by e with each factor of two.
const EXCESS: f64 = 0.7;
/// Someone else's amounts: a little above the user's own, and spread much wider.
const FOREIGN_ABOVE: f64 = 0.5;
const FOREIGN_SPREAD: f64 = 1.3;
/// No amount alone says more than this (in nats), and a small one hardly speaks for trouble.
const CLIP: f64 = 12.0;
const CLIP_SMALL: f64 = 1.5;

/// Location and spread of one level.
#[derive(Debug, Clone, Copy, Default)]
pub struct Level {
    rows: f64,
    mean: [f64; SCALES],
    spread: [f64; SCALES],
}

/// The levels of one row: the ledger (of one currency), its category, its payee.
pub type Levels = [usize; 3];

/// All that is learnt of amounts.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    levels: Vec<Level>,
    models: [f64; MODELS],
    category_tells: f64,
    payee_tells: f64,
}

/// What one amount says, before it is learnt.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Log-likelihood ratio for someone else's amounts.
    pub foreign: f64,
    /// Log-likelihood ratio for this user's own payments, only larger.
    pub larger: f64,
    /// The amount and the usual amount, as logarithms of major units.
    pub amount: f64,
    pub usual: f64,
    scales: [f64; SCALES],
    models: [f64; MODELS],
    by_level: [f64; 3],
}

impl Amounts {
    /// A new level's number.
    pub fn add_level(&mut self) -> usize {
        self.levels.push(Level::default());
        self.levels.len() - 1
    }

    /// How many rows a level has learnt, at most some 100.
    pub fn rows(&self, level: usize) -> f64 {
        self.levels[level].rows
    }

    /// What `amount` (major units) says of a row of these levels.
    pub fn say(&self, amount: f64, at: Levels) -> Said {
        let x = ln(amount);
        let scales = [x, exp(x / 3.0), amount];
        // From a density on the scale to one on the logarithm.
        let onto_log = [1.0, scales[1] / 3.0, amount];
        let [ledger, category, payee] = at.map(|level| &self.levels[level]);
        let nothing = 1.0 / (1.0 + (ledger.rows / LEDGER_ROWS).powi(2));
        let w_payee = (1.0 - nothing) * logistic(self.payee_tells) * payee.rows / (payee.rows + PAYEE_ROWS);
        let w_category = (1.0 - nothing - w_payee) * logistic(self.category_tells) * category.rows
            / (category.rows + CATEGORY_ROWS);
        let weights = [1.0 - nothing - w_payee - w_category, w_category, w_payee];
        let middle = if ledger.rows > 0.0 { ledger.mean[0] } else { x };
        let broad = nothing * student4((x - middle) / 2.0) / 2.0;
        let best = self.models.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut said = Said {
            foreign: 0.0,
            larger: 0.0,
            amount: x,
            usual: nothing * middle,
            scales,
            models: [0.0; MODELS],
            by_level: [0.0; 3],
        };
        let mut density = [broad; MODELS];
        let trust = self.models.map(|model| exp(model - best));
        for (k, level) in [ledger, category, payee].into_iter().enumerate() {
            if weights[k] <= 0.0 || level.rows <= 0.0 {
                continue;
            }
            said.usual += weights[k] * level.mean[0];
            for scale in 0..SCALES {
                let mean = level.mean[scale];
                let spread = match k {
                    0 => level.spread[scale],
                    _ => {
                        (level.rows * level.spread[scale] + BORROWED_ROWS * ledger.spread[scale])
                            / (level.rows + BORROWED_ROWS)
                    }
                };
                let floor = floor(scale, mean);
                let variance = (spread + floor * floor) * (1.0 + 1.0 / (level.rows + 1.0));
                let narrow = 1.0 / variance.sqrt();
                let (z, norm) = ((scales[scale] - mean) * narrow, onto_log[scale] * narrow);
                let away = z * z;
                let tails = [(1.0 + away * (1.0 / 19.0)).powi(10), (1.0 + away * (1.0 / 99.0)).powi(50)];
                for tail in 0..TAILS {
                    let one = NORMING[tail] * norm / tails[tail];
                    density[scale * TAILS + tail] += weights[k] * one;
                    said.by_level[k] += trust[scale * TAILS + tail] * one;
                }
            }
        }
        let total: f64 = trust.iter().sum();
        let own = (0..MODELS).map(|model| trust[model] * density[model]).sum::<f64>() / total;
        said.models = density.map(|one| ln(one + 1e-300));
        said.by_level = said.by_level.map(|one| one / total);
        let own = ln(own + 1e-300);
        let spread = (ledger.spread[0] + FOREIGN_SPREAD * FOREIGN_SPREAD).sqrt();
        let foreign = ln(student4((x - middle - FOREIGN_ABOVE) / spread) / spread) - own;
        said.foreign = foreign.clamp(-CLIP, if x < middle { CLIP_SMALL } else { CLIP });
        let excess = x - said.usual;
        let larger = if excess > 0.0 { exp(-excess / EXCESS) / EXCESS } else { 0.0 };
        said.larger = (ln(larger + 1e-9) - own).clamp(-CLIP, CLIP);
        said
    }

    /// Learns a row that belongs to the user with probability `weight`.
    pub fn learn(&mut self, said: &Said, at: Levels, weight: f64) {
        if weight > 0.5 {
            let gain = |finer: f64, coarser: f64| ln((finer + 1e-6) / (coarser + 1e-6)).clamp(-2.0, 2.0);
            let [ledger, category, payee] = said.by_level;
            let known = |level: usize| self.levels[at[level]].rows >= 3.0;
            let follow = |tells: f64, gain: f64| {
                (TELLING_MEMORY * tells + weight * TELLING_STEP * gain).clamp(-4.0, 4.0)
            };
            if known(1) {
                self.category_tells = follow(self.category_tells, gain(category, ledger));
            }
            if known(2) {
                let coarser = if known(1) { category } else { ledger };
                self.payee_tells = follow(self.payee_tells, gain(payee, coarser));
            }
            for (model, said) in self.models.iter_mut().zip(&said.models) {
                *model = MEMORY * *model + weight * said;
            }
        }
        for (k, level) in at.into_iter().enumerate() {
            self.levels[level].learn(&said.scales, weight, k == 0);
        }
    }
}

impl Level {
    fn learn(&mut self, scales: &[f64; SCALES], weight: f64, ledger: bool) {
        if self.rows <= 0.0 {
            self.mean = *scales;
            // A first row says nothing of the spread: as wide as amounts of one person mostly are.
            self.spread = match ledger {
                true => [0.5, 0.05 * scales[1] * scales[1], 0.25 * scales[2] * scales[2]],
                false => [0.0; SCALES],
            };
            self.rows = weight;
            return;
        }
        let step = (1.0 / (self.rows + 1.0)).max(LEAST_STEP) * weight;
        for (scale, value) in scales.iter().enumerate() {
            let away = value - self.mean[scale];
            let floor = floor(scale, self.mean[scale]);
            let strange = away * away / (self.spread[scale] + floor * floor);
            // The weight of a row under a Student distribution of four degrees: strange rows teach little.
            let taught = if self.rows > 3.0 { 5.0 / (4.0 + strange) } else { 1.0 };
            self.mean[scale] += step * taught * away;
            self.spread[scale] += step * (taught * away * away * (1.0 - step) - self.spread[scale]);
        }
        self.rows = (self.rows + weight).min(1.0 / LEAST_STEP);
    }
}

fn floor(scale: usize, mean: f64) -> f64 {
    FLOOR
        * match scale {
            0 => 1.0,
            1 => mean.max(0.1) / 3.0,
            _ => mean.max(1.0),
        }
}

fn student4(z: f64) -> f64 {
    let base = 1.0 + z * z / 4.0;
    NORMING_BROAD / (base * base * base.sqrt())
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}
