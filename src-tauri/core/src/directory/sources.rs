//! Where a fact comes from: citations that many answers share.

use super::Citation;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Citations in order. A copy shares them: answers name the same few again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(Vec<Arc<Citation>>);

impl Sources {
    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = &Citation> {
        self.0.iter().map(|source| &**source)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These and then `others`.
    #[must_use]
    pub(super) fn and(&self, others: &Self) -> Self {
        let mut all = Vec::with_capacity(self.0.len() + others.0.len());
        all.extend(self.0.iter().chain(&others.0).cloned());
        Self(all)
    }
}

impl From<Citation> for Sources {
    fn from(source: Citation) -> Self {
        Self(vec![Arc::new(source)])
    }
}

impl<'s> IntoIterator for &'s Sources {
    type Item = &'s Citation;
    type IntoIter =
        std::iter::Map<std::slice::Iter<'s, Arc<Citation>>, fn(&'s Arc<Citation>) -> &'s Citation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|source| &**source)
    }
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sources = Vec::<Citation>::deserialize(deserializer)?;
        Ok(Self(sources.into_iter().map(Arc::new).collect()))
    }
}
