//! Unpacks DEFLATE data without a header (RFC 1951): the members of wheels, and texts of the program itself.

use std::io::{self, Read};

use zlib_rs::{Inflate, InflateFlush, Status};

/// Reads the data of that reader, unpacked.
pub(crate) struct Inflated<R> {
    packed: R,
    inflate: Inflate,
    /// Packed data that was read, of which `start..end` is still to unpack.
    piece: Vec<u8>,
    start: usize,
    end: usize,
    is_done: bool,
}

impl<R: Read> Inflated<R> {
    /// Nothing is read yet.
    pub(crate) fn new(packed: R) -> Self {
        const WINDOW_BITS: u8 = 15;
        Self {
            packed,
            inflate: Inflate::new(false, WINDOW_BITS),
            piece: vec![0; 32 << 10],
            start: 0,
            end: 0,
            is_done: false,
        }
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = |count: u64| usize::try_from(count).expect("it fits into a buffer");
        while !self.is_done && !out.is_empty() {
            if self.start == self.end {
                self.start = 0;
                self.end = self.packed.read(&mut self.piece)?;
            }
            let packed = &self.piece[self.start..self.end];
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(packed, out, InflateFlush::NoFlush)
                .map_err(|err| io::Error::new(io::ErrorKind::InvalidData, err.as_str()))?;
            self.start += size(self.inflate.total_in() - read);
            let length = size(self.inflate.total_out() - written);
            self.is_done = status == Status::StreamEnd;
            if length > 0 {
                return Ok(length);
            }
            if !self.is_done && packed.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yields one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut out[..1])
        }
    }

    fn unpacked(packed: impl Read) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        Inflated::new(packed).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn what_was_packed_comes_back_and_what_is_cut_off_is_an_error() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let config = zlib_rs::DeflateConfig {
            window_bits: -15,
            ..Default::default()
        };
        let mut buffer = vec![0; zlib_rs::compress_bound(text.len())];
        let (packed, _) = zlib_rs::compress_slice(&mut buffer, &text, config);
        assert_eq!(unpacked(&*packed).unwrap(), text);
        assert_eq!(unpacked(Slow(packed)).unwrap(), text);
        for end in [0, 1, packed.len() / 2, packed.len() - 1] {
            let err = unpacked(&packed[..end]).unwrap_err();
            assert_eq!(err.kind(), io::ErrorKind::UnexpectedEof, "{end}");
        }
        let err = unpacked(&[0xff; 8][..]).unwrap_err();
        assert_eq!(err.kind(), io::ErrorKind::InvalidData);
    }
}
