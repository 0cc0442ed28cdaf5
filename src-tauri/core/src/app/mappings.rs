//! Mappings the user made: kept in the vault, passed on as files, tried on tables that no format knows.

use super::App;
use super::views::{MappingId, SavedMapping};
use crate::error::{Code, Error, Result};
use crate::ledger::Moment;
use crate::statements::{Mapping, Options};

/// How often a name is told apart by a number behind it.
const NAMESAKES: u32 = 100;

impl App {
    /// The saved mappings, by name.
    ///
    /// # Errors
    /// `Locked`.
    pub fn mappings(&self) -> Result<Vec<SavedMapping>> {
        self.opened()?.vault.mappings()
    }

    /// Saves a mapping, a new one or in the place of `id`; renaming is saving under another name. A provider that
    /// the directory knows by the words given is stored by its id.
    ///
    /// # Errors
    /// `Invalid` where something is missing or another mapping has the name, `NotFound`, `Locked`.
    pub fn mapping_save(
        &mut self,
        id: Option<MappingId>,
        mapping: Mapping,
        now: Moment,
    ) -> Result<SavedMapping> {
        let mapping = self.settled(mapping)?;
        let id = self.opened_mut()?.vault.save_mapping(id, &mapping, now)?;
        Ok(SavedMapping { id, mapping })
    }

    /// Forgets a mapping. What was imported by it stays.
    ///
    /// # Errors
    /// `NotFound`, `Locked`.
    pub fn mapping_delete(&mut self, id: MappingId) -> Result<()> {
        self.opened_mut()?.vault.delete_mapping(id)
    }

    /// The name of a mapping and the text of a file that holds it.
    ///
    /// # Errors
    /// `NotFound`, `Locked`.
    pub fn mapping_export(&self, id: MappingId) -> Result<(String, String)> {
        let saved = self.mappings()?.into_iter().find(|saved| saved.id == id);
        let saved = saved.ok_or_else(|| super::gone("mapping"))?;
        Ok((saved.mapping.name.clone(), saved.mapping.to_file()))
    }

    /// Saves the mapping of a file; where its name is taken, with a number behind it.
    ///
    /// # Errors
    /// `Invalid` where the file holds none, `Locked`.
    pub fn mapping_import(&mut self, file: &[u8], now: Moment) -> Result<SavedMapping> {
        let mapping = Mapping::from_file(file)?;
        let known = self.mappings()?;
        let names = (2..NAMESAKES).map(|number| format!("{} ({number})", mapping.name));
        let free = |name: &String| known.iter().all(|saved| saved.mapping.name != *name);
        let name = std::iter::once(mapping.name.clone()).chain(names).find(free);
        let taken = || Error::new(Code::Invalid, "too many mappings have this name; rename one of them");
        self.mapping_save(None, Mapping { name: name.ok_or_else(taken)?, ..mapping }, now)
    }

    /// What a file is to be read with: by this mapping, or by whatever format or saved mapping knows it.
    ///
    /// # Errors
    /// `Invalid` where something is missing in the mapping, `Locked`.
    pub fn reading_options(&self, code: Option<String>, mapping: Option<Mapping>) -> Result<Options> {
        let saved = self.mappings()?;
        let mapping = mapping.map(|mapping| self.settled(mapping)).transpose()?;
        let mappings = saved.into_iter().map(|saved| saved.mapping).collect();
        Ok(Options { code, mapping, mappings, ..Options::default() })
    }

    fn settled(&self, mapping: Mapping) -> Result<Mapping> {
        let known = self.directory.get(mapping.provider.trim()).map(|provider| provider.id.clone());
        let provider = known.unwrap_or_else(|| mapping.provider.trim().to_owned());
        let settled = Mapping { name: mapping.name.trim().to_owned(), provider, ..mapping };
        settled.check().map(|()| settled)
    }
}
