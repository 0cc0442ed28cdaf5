//! The recovery code as a file to keep: plain text, with what it is and how to keep it.

use super::key::Secret;
use super::{Result, Vault, folder};
use crate::Error;
use crate::ledger::Moment;
use crate::text::Lang;
use std::io::Write as _;
use std::path::Path;
use zeroize::Zeroizing;

impl Vault {
    /// Writes the recovery code of this vault into a file that only the user may read; an older file of that name is
    /// replaced. `WrongPassphrase` or `Invalid` where it is not the code that opens this vault: nothing is written.
    pub fn save_recovery_code(&self, code: &str, lang: Lang, to: &Path, now: Moment) -> Result<()> {
        self.home()?.header.open(&Secret::Recovery(code))?;
        let beside = match to.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut file = tempfile::Builder::new().prefix(".recourse-").suffix(".part").tempfile_in(beside)?;
        file.write_all(sheet(code, lang, now).as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(to).map_err(|failed| Error::from(failed.error))?;
        folder::sync_folder(beside)
    }
}

fn sheet(code: &str, lang: Lang, now: Moment) -> Zeroizing<String> {
    let day = now.format("%Y-%m-%d");
    let code = code.trim();
    // Windows editors of old show one long line where lines end in \n alone.
    let text = match lang {
        Lang::Zh => format!(
            "申诉台 恢复码\n\n    {code}\n\n\
             这是什么：忘记密码时，用它可以打开您在申诉台的账本（保险库）。里面没有您的密码。\n\
             怎样保管：任何人拿到它和您的数据文件或备份，都能打开账本。请存到不放在电脑旁的U盘，或打印出来后\n\
             删除这个文件；不要留在这台电脑上，不要放进网盘，也不要发给任何人，包括自称客服的人。\n\
             怎样使用：在解锁页选择“用恢复码解锁”，照着输入。大小写和连字符都不要紧。\n\
             换了新的恢复码后，这一份就作废了。\n\n\
             保存日期：{day}\n"
        ),
        Lang::En => format!(
            "Recourse recovery code\n\n    {code}\n\n\
             What it is: it opens your ledger (the vault) in Recourse where the passphrase is forgotten. Your passphrase\n\
             is not in here.\n\
             How to keep it: whoever has it together with your vault or a backup can open the ledger. Put it on a stick\n\
             kept away from this computer, or print it and delete this file. Do not leave it on this computer, put it\n\
             into no cloud, and send it to nobody, whatever support they say they are.\n\
             How to use it: choose “Unlock with the recovery code” and type it in; case and hyphens do not matter.\n\
             Once you make a new recovery code, this one opens nothing.\n\n\
             Saved on: {day}\n"
        ),
    };
    Zeroizing::new(text.replace('\n', "\r\n"))
}
