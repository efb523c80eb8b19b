use std::io;

use crate::chart::{ChartError, Look, Picture};
use crate::output::Output;

/// How the pictures look that a command writes.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct PictureArgs {
    /// Draw pictures light on black
    #[arg(long)]
    dark: bool,
}

impl PictureArgs {
    pub(super) fn look(self) -> Look {
        if self.dark { Look::Dark } else { Look::Light }
    }

    /// Writes a picture as SVG and PNG.
    pub(super) fn write(self, output: &mut Output, picture: Result<Picture, ChartError>) -> io::Result<()> {
        let picture = picture.map_err(io::Error::other)?.in_look(self.look());
        output.write(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        output.write(&format!("{}.png", picture.name), &picture.png().map_err(io::Error::other)?)
    }
}
