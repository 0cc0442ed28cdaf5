//! The container of an old workbook (OLE2): whether its chains of sectors end and stay inside the file.
//!
//! The reader of old workbooks believes what a file says of itself: a chain that leads back into itself takes all
//! memory, and one that leads out of the file ends the process. So both are looked for before it is asked.

/// Sector numbers from here on are marks, not places.
const MARKS: u32 = 0xffff_fffa;
const END: u32 = 0xffff_fffe;
/// Bytes of one entry of the directory.
const ENTRY: usize = 128;
/// Bytes of a sector of the small streams, and the size below which a stream is one.
const SMALL: usize = 64;
const SMALL_STREAM: usize = 4096;

/// A compound file whose table of sectors was read.
struct Compound<'b> {
    bytes: &'b [u8],
    /// Bytes of a sector.
    sector: usize,
    /// The sector that follows each.
    next: Vec<u32>,
}

/// The stream of the workbook, empty where there is none; `None` where the file is damaged.
pub(super) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.stream(long(bytes, 48)?, usize::MAX)?;
    let entries: Vec<Entry<'_>> =
        directory.chunks_exact(ENTRY).map(|entry| Entry::read(entry, file.sector)).collect::<Option<_>>()?;
    let root = entries.first()?;
    let small_sectors = long(bytes, 64)? as usize;
    let (mut small, mut small_next) = (Vec::new(), Vec::new());
    if small_sectors > 0 {
        small = file.stream(root.start, root.length)?;
        let table = file.stream(long(bytes, 60)?, small_sectors.checked_mul(file.sector)?)?;
        small_next = longs(&table)?;
    }
    let Some(found) = ["workbook", "book"].iter().find_map(|name| entries.iter().find(|e| e.is_named(name)))
    else {
        return Some(Vec::new());
    };
    if found.length >= SMALL_STREAM {
        return file.stream(found.start, found.length);
    }
    let whole = |place: u32| {
        let start = (place as usize).checked_mul(SMALL)?;
        small.get(start..start + SMALL)
    };
    chain(found.start, found.length, SMALL, &small_next, whole)
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new() };
        // Where the table of sectors stands: in the header, and in sectors of its own.
        let mut tables = longs(bytes.get(76..512)?)?;
        let mut at = long(bytes, 68)?;
        let mut left = bytes.len() / sector + 1;
        while at < MARKS {
            left = left.checked_sub(1)?;
            tables.extend(longs(file.whole(at)?)?);
            at = tables.pop()?;
        }
        for place in tables.into_iter().filter(|place| *place < MARKS) {
            let table = longs(file.whole(place)?)?;
            file.next.extend(table);
        }
        Some(file)
    }

    /// A sector; the last of a file may be short.
    fn at(&self, place: u32) -> Option<&'b [u8]> {
        let start = (place as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = self.bytes.len().min(start.checked_add(self.sector)?);
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn whole(&self, place: u32) -> Option<&'b [u8]> {
        self.at(place).filter(|sector| sector.len() == self.sector)
    }

    fn stream(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        chain(start, length, self.sector, &self.next, |place| self.at(place))
    }
}

/// Follows a chain to its end or to `length` bytes; `None` where it leads back or out.
fn chain<'s>(
    start: u32,
    length: usize,
    sector: usize,
    next: &[u32],
    at: impl Fn(u32) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let (mut place, mut left) = (start, next.len());
    while place != END {
        // A chain of more sectors than there are has been somewhere twice.
        left = left.checked_sub(1)?;
        let found = at(place)?;
        stream.extend_from_slice(&found[..found.len().min(length - stream.len())]);
        if stream.len() >= length {
            break;
        }
        place = *next.get(place as usize)?;
        // Only the last sector may be short.
        if found.len() < sector && place != END {
            return None;
        }
    }
    Some(stream)
}

/// An entry of the directory.
struct Entry<'d> {
    name: &'d [u8],
    start: u32,
    length: usize,
}

impl<'d> Entry<'d> {
    fn read(entry: &'d [u8], sector: usize) -> Option<Self> {
        let high = if sector == 512 { 0 } else { long(entry, 124)? };
        let length = u64::from(high) << 32 | u64::from(long(entry, 120)?);
        Some(Self { name: entry.get(..64)?, start: long(entry, 116)?, length: usize::try_from(length).ok()? })
    }

    /// Whether it has this name, given in small letters, whatever its case.
    fn is_named(&self, name: &str) -> bool {
        let mut letters = self.name.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
        let same = name.bytes().all(|wanted| {
            letters
                .next()
                .and_then(|letter| u8::try_from(letter).ok())
                .is_some_and(|letter| letter.to_ascii_lowercase() == wanted)
        });
        same && letters.next().is_none_or(|letter| letter == 0)
    }
}

pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn longs(bytes: &[u8]) -> Option<Vec<u32>> {
    let (longs, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| longs.iter().map(|long| u32::from_le_bytes(*long)).collect())
}
