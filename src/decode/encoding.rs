//! Which encoding a file has, and its bytes as UTF-8.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use crate::discover::Scan;

/// An encoding, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// The file says so itself, by a mark or by being valid UTF-8 to its end.
    pub is_certain: bool,
    /// NUL bytes stand in the text and are dropped.
    pub drops_nul: bool,
}

/// Finds the encoding of a scanned file: its byte order mark; else UTF-8 where all of it
/// is valid, or nearly all of its first bytes, so that a few broken letters cost their rows and
/// do not garble all others; else another script that its first bytes are most like, if all of
/// them can be read so; else Windows-1252.
pub fn text_encoding(scan: &Scan) -> TextEncoding {
    if let Some((encoding, _)) = Encoding::for_bom(&scan.head) {
        let drops_nul = scan.whole.has_nul && encoding == UTF_8;
        return TextEncoding { encoding, is_certain: true, drops_nul };
    }
    if let Some(encoding) = utf16_without_mark(&scan.head) {
        return TextEncoding { encoding, is_certain: false, drops_nul: false };
    }
    let drops_nul = scan.whole.has_nul;
    if scan.whole.is_utf8 {
        return TextEncoding { encoding: UTF_8, is_certain: true, drops_nul };
    }
    if is_nearly_utf8(&scan.head) {
        return TextEncoding { encoding: UTF_8, is_certain: false, drops_nul };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&scan.head, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = match guess.name() {
        "windows-1250" | "ISO-8859-2" => encoding_rs::WINDOWS_1250,
        "windows-1251" => encoding_rs::WINDOWS_1251,
        name if OTHER_SCRIPTS.contains(&name)
            && is_much(&scan.head)
            && reads(guess, &scan.head) =>
        {
            guess
        }
        _ => WINDOWS_1252,
    };
    TextEncoding { encoding, is_certain: false, drops_nul }
}

/// Encodings of other scripts. Those of the Latin one differ in letters that a single name may
/// have: a guess among them would garble as many as it mends.
const OTHER_SCRIPTS: [&str; 17] = [
    "Big5",
    "EUC-JP",
    "EUC-KR",
    "GBK",
    "IBM866",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "KOI8-R",
    "KOI8-U",
    "Shift_JIS",
    "gb18030",
    "windows-1253",
    "windows-1255",
    "windows-1256",
    "windows-874",
];

/// Whether more bytes are beyond ASCII than a few names and signs have.
fn is_much(head: &[u8]) -> bool {
    const LEAST: usize = 16;
    LEAST <= head.iter().filter(|byte| !byte.is_ascii()).count()
}

/// Whether all of the first bytes are letters of an encoding; the last may be cut.
fn reads(encoding: &'static Encoding, head: &[u8]) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(
        decoder.max_utf8_buffer_length(head.len()).unwrap_or_default(),
    );
    let (_, _, has_faults) = decoder.decode_to_string(head, &mut text, false);
    !has_faults
}

/// Whether letters of several bytes stand there that no code page would show, and far more of
/// them than faults.
fn is_nearly_utf8(head: &[u8]) -> bool {
    let (mut letters, mut faults) = (0, 0);
    for chunk in head.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    4 * faults.max(1) <= letters
}

/// The first bytes of a file as text.
pub fn head(scan: &Scan, encoding: TextEncoding) -> String {
    let (text, _, _) = encoding.encoding.decode(&scan.head);
    let mut text = text.into_owned();
    if encoding.drops_nul {
        text.retain(|character| character != '\0');
    }
    text
}

/// Western text in UTF-16 without a mark has a NUL in every second byte.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let sample = &head[..head.len().min(1024)];
    let nul_at = |offset: usize| {
        sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count()
    };
    let half = sample.len() / 2;
    if half < 8 {
        return None;
    }
    match (nul_at(0), nul_at(1)) {
        (even, odd) if half * 9 / 10 <= odd && even * 10 <= half => Some(UTF_16LE),
        (even, odd) if half * 9 / 10 <= even && odd * 10 <= half => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads UTF-8 out of bytes in any encoding, without the byte order mark.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub(super) struct Utf8Reader<R> {
    inner: R,
    drops_nul: bool,
    /// None where the bytes are UTF-8 already.
    decoder: Option<Decoder>,
    encoded: Vec<u8>,
    encoded_len: usize,
    is_at_end: bool,
    is_finished: bool,
    is_at_start: bool,
}

const BUFFER_BYTES: usize = 64 * 1024;

impl<R: Read> Utf8Reader<R> {
    pub(super) fn new(inner: R, encoding: TextEncoding) -> Self {
        let is_utf8 = encoding.encoding == UTF_8;
        Self {
            inner,
            drops_nul: encoding.drops_nul,
            decoder: (!is_utf8).then(|| encoding.encoding.new_decoder_with_bom_removal()),
            encoded: if is_utf8 { Vec::new() } else { vec![0; BUFFER_BYTES] },
            encoded_len: 0,
            is_at_end: false,
            is_finished: false,
            is_at_start: true,
        }
    }

    /// Fills `buffer` (at least 4 bytes) with UTF-8; 0 at the end.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut count = match &mut self.decoder {
                None => read_some(&mut self.inner, buffer)?,
                Some(_) => self.transcode(buffer)?,
            };
            if count == 0 {
                return Ok(0);
            }
            if self.is_at_start {
                self.is_at_start = false;
                while count < 3 && buffer[..count] == b"\xef\xbb\xbf"[..count] {
                    match read_some(&mut self.inner, &mut buffer[count..])? {
                        0 => break,
                        more => count += more,
                    }
                }
                if buffer[..count].starts_with(b"\xef\xbb\xbf") {
                    buffer.copy_within(3..count, 0);
                    count -= 3;
                }
            }
            if self.drops_nul {
                count = without_nul(&mut buffer[..count]);
            }
            if 0 < count {
                return Ok(count);
            }
        }
    }

    fn transcode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let decoder = self.decoder.as_mut().expect("the caller saw a decoder");
        if self.is_finished {
            return Ok(0);
        }
        loop {
            if !self.is_at_end && self.encoded_len < self.encoded.len() / 2 {
                match read_some(&mut self.inner, &mut self.encoded[self.encoded_len..])? {
                    0 => self.is_at_end = true,
                    more => self.encoded_len += more,
                }
            }
            let (result, used, written, _) = decoder.decode_to_utf8(
                &self.encoded[..self.encoded_len],
                buffer,
                self.is_at_end,
            );
            self.encoded.copy_within(used..self.encoded_len, 0);
            self.encoded_len -= used;
            self.is_finished = self.is_at_end && result == CoderResult::InputEmpty;
            if 0 < written || self.is_finished {
                return Ok(written);
            }
        }
    }
}

fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Moves all other bytes to the front; gives their number.
fn without_nul(buffer: &mut [u8]) -> usize {
    let mut kept = 0;
    for index in 0..buffer.len() {
        if buffer[index] != 0 {
            buffer[kept] = buffer[index];
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::scan;

    fn read_all(bytes: &[u8]) -> (String, &'static str) {
        let scan = scan(&mut { bytes }).unwrap();
        let encoding = text_encoding(&scan);
        let mut reader = Utf8Reader::new(bytes, encoding);
        let (mut text, mut buffer) = (Vec::new(), [0; 7]);
        loop {
            match reader.read(&mut buffer).unwrap() {
                0 => break,
                count => text.extend_from_slice(&buffer[..count]),
            }
        }
        assert_eq!(head(&scan, encoding), String::from_utf8(text.clone()).unwrap());
        (String::from_utf8(text).unwrap(), encoding.encoding.name())
    }

    #[test]
    fn each_encoding_reads_as_its_text() {
        let utf16 = |text: &str, mark: bool| -> Vec<u8> {
            let mark = mark.then_some(0xfeff_u16);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect()
        };
        let check = |bytes: &[u8], text: &str, name: &str| {
            assert_eq!(read_all(bytes), (text.to_owned(), name));
        };
        check("Größe 🐶".as_bytes(), "Größe 🐶", "UTF-8");
        check("\u{feff}Größe".as_bytes(), "Größe", "UTF-8");
        check(b"", "", "UTF-8");
        check(&utf16("Date\tGröße 🐶\n", true), "Date\tGröße 🐶\n", "UTF-16LE");
        check(&utf16("Date\tShareLink\n", false), "Date\tShareLink\n", "UTF-16LE");
        check(
            b"Name;Stra\xdfe\nM\xfcller;Gr\xfcner Weg\n",
            "Name;Straße\nMüller;Grüner Weg\n",
            "windows-1252",
        );
        check(b"a\0b,c\n", "ab,c\n", "UTF-8");
    }

    #[test]
    fn what_is_written_in_the_east_reads_as_its_text() {
        let check = |encoding: &'static Encoding, text: &str| {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(read_all(&bytes), (text.to_owned(), encoding.name()));
        };
        let chinese = "客户名称,阶段,金额,公司\n王小明,已成交,1000,北京科技有限公司\n";
        check(encoding_rs::GBK, chinese);
        let japanese =
            "商談名,フェーズ,金額,会社\n山田さんの案件,受注,1000,株式会社サンプル\n";
        check(encoding_rs::SHIFT_JIS, japanese);
        check(encoding_rs::EUC_JP, japanese);
        let korean =
            "거래 이름,단계,금액\n서울 상사 계약,성사,1000\n부산 무역,진행 중,2000\n";
        check(encoding_rs::EUC_KR, korean);
        let taiwanese =
            "客戶名稱,階段,金額\n王小明,已成交,1000\n臺北科技股份有限公司,進行中,2000\n";
        check(encoding_rs::BIG5, taiwanese);
        let russian =
            "Сделка,Этап,Сумма\nПродажа дома,Успешно,1000\nИпотека,В работе,2000\n";
        check(encoding_rs::KOI8_U, russian);
    }

    #[test]
    fn few_western_letters_stay_western() {
        let check = |text: &str| {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            assert_eq!(read_all(&bytes), (text.to_owned(), "windows-1252"));
        };
        check("id,name,amount\n1,Zoë Müller,10\n");
        check("id,name,amount\n1,José Peña,10 €\n2,François Lefèvre,20 €\n");
        check("id;Straße\n1;Größe\n");
        check("id,note\n1,“so” – he’s in\n");
        check("id,name\n1,Søren Åberg\n2,Æbelø\n");
        for name in ["Château", "Tromsø", "Benoît", "naïve", "¡Oferta!"] {
            let rows = "1,plain,10\n".repeat(200);
            check(&format!("id,name,amount\n{rows}2,{name},5\n"));
        }
    }

    #[test]
    fn a_broken_letter_garbles_no_other() {
        let name =
            |bytes: &[u8]| text_encoding(&scan(&mut { bytes }).unwrap()).encoding.name();
        let whole = "Name;Straße\nMüller;Grüner Weg\n".repeat(5).into_bytes();
        let broken = whole.iter().position(|byte| *byte == 0xbc).unwrap();
        let broken = [&whole[..broken], &whole[broken + 1..]].concat();
        assert_eq!(name(&broken), "UTF-8");
        // Behind the first bytes, too.
        let late = [whole.repeat(2000), b"M\xfcller\n".to_vec()].concat();
        assert_eq!(name(&late), "UTF-8");
        // Where most letters are broken, they are another encoding's.
        let western = b"Name;Stra\xdfe\nM\xfcller;Gr\xfcner Weg \xc9\xbb\n".repeat(5);
        assert_eq!(name(&western), "windows-1252");
    }
}
