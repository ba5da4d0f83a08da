//! `cargo xtask serve`: from nothing to the page in a browser.

use crate::server::{Server, Site};
use crate::shell::Shell;
use crate::{Result, browser, package, page, root, vendor};
use lexopt::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;

/// The port where nothing else is asked for.
const PORT: u16 = 7878;

/// What the user asked for.
pub struct Arguments {
    port: u16,
    open: bool,
    article: Option<PathBuf>,
}

impl Arguments {
    /// Reads the arguments after the command.
    pub fn parse(parser: &mut lexopt::Parser) -> Result<Arguments> {
        let mut arguments = Arguments { port: PORT, open: true, article: None };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("port") => arguments.port = parser.value()?.parse()?,
                Long("no-open") => arguments.open = false,
                Long("article") => arguments.article = Some(parser.value()?.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(arguments)
    }
}

/// Builds what is not built and serves until the program ends.
///
/// # Errors
/// The article is not there, the build fails, or no port is free.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let article = match &arguments.article {
        // Checked before the long build, and at its real place, whatever the current folder is later.
        Some(file) => Some(file.canonicalize().map_err(|error| format!("{}: {error}", file.display()))?),
        None => None,
    };
    let shell = Shell::on_terminal();
    package::build(&shell)?;
    vendor::build(&shell)?;
    page::build(&shell)?;
    let server = Server::bind(arguments.port)?;
    if arguments.port != 0 && server.port() != arguments.port {
        println!("Port {} is taken: using {}.", arguments.port, server.port());
    }
    // The page opens the article that its address names.
    let address = server.address() + if article.is_some() { "#article=article" } else { "" };
    println!("Pressmark runs at {address} (Ctrl-C ends it)");
    if arguments.open && !browser::open(&address) {
        println!("No desktop was found to open a browser on: open the address yourself.");
    }
    server.serve(site(article));
    Ok(ExitCode::SUCCESS)
}

/// The page and the package of this repository.
pub fn site(article: Option<PathBuf>) -> Site {
    Site { page: root().join("www"), package: root().join("npm"), article, renew: page::renew }
}
