//! A server of static files for one machine: loopback only, GET and HEAD only, nothing outside its folders.

use crate::Result;
use crate::shell::Fnv;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What the page may do: run its own scripts and its own wasm, nothing else; no inline script, no other host, and no
/// text that becomes markup or script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types pressmark pressmark-page";

/// What lets the bookmarklet load its program into other pages.
const SHARED: &str = "Cross-Origin-Resource-Policy: cross-origin\r\nAccess-Control-Allow-Origin: *";

/// Longest request that is read.
const MAX_REQUEST: u64 = 16 << 10;

/// How long a connection may wait for its next request.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many ports are tried, from the wanted one upwards.
const PORTS_TRIED: u16 = 100;

/// What is served.
pub struct Site {
    /// The page: served at `/`.
    pub page: PathBuf,
    /// The package: served at `/npm/`, so that `../npm/` means the same on the disk and in the browser.
    pub package: PathBuf,
    /// One text or HTML file, served at `/article`.
    pub article: Option<PathBuf>,
    /// Called before the page itself is served: makes what is made from changed files.
    pub renew: fn(),
}

/// A server that has its port.
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes `wanted`, or the next free port after it.
    ///
    /// # Errors
    /// None of them is free.
    pub fn bind(wanted: u16) -> Result<Server> {
        let last = wanted.saturating_add(PORTS_TRIED);
        for port in wanted..=last {
            if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                let port = listener.local_addr()?.port();
                return Ok(Server { listener, port });
            }
        }
        Err(format!("the ports from {wanted} to {last} are all taken: choose another one with --port").into())
    }

    /// The port taken.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the page is.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves until the program ends.
    pub fn serve(self, site: Site) {
        let site = Arc::new(site);
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            let (site, port) = (site.clone(), self.port);
            // A connection that fails concerns nobody but the browser that made it.
            std::thread::spawn(move || drop(answer(&site, port, &stream)));
        }
    }
}

fn answer(site: &Site, port: u16, stream: &TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(Duration::from_secs(60)))?;
    // A small answer leaves at once, and does not wait for the last one to be acknowledged.
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.take(0));
    loop {
        reader.get_mut().set_limit(MAX_REQUEST);
        let request = Request::read(&mut reader)?;
        let response = respond(site, port, &request);
        // The page is made of many small files: a new connection for each would cost more than the files.
        let stays = request.may_be_followed && (response.is_ok() || response.status == NOT_FOUND);
        response.write(stream, request.line.starts_with("HEAD "), stays)?;
        if !stays {
            return Ok(());
        }
    }
}

/// The parts of a request that matter here.
#[derive(Default)]
struct Request {
    /// The first line; empty at the end of the connection.
    line: String,
    host: String,
    /// The version that the browser has already.
    known: String,
    /// Whether what comes next on the connection is another request.
    may_be_followed: bool,
}

impl Request {
    fn read(reader: &mut impl BufRead) -> std::io::Result<Request> {
        let mut request = Request::default();
        reader.read_line(&mut request.line)?;
        request.may_be_followed = request.line.trim_end().ends_with("HTTP/1.1");
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? == 0 {
                request.may_be_followed = false;
                break;
            }
            if header.trim_end().is_empty() {
                break;
            }
            let Some((name, value)) = header.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "host" => request.host = value.to_owned(),
                "if-none-match" => request.known = value.to_owned(),
                "connection" if value.eq_ignore_ascii_case("close") => request.may_be_followed = false,
                // A body is never read: the connection ends with it.
                "content-length" | "transfer-encoding" => request.may_be_followed = false,
                _ => {}
            }
        }
        Ok(request)
    }
}

const NOT_FOUND: &str = "404 Not Found";
const NOT_MODIFIED: &str = "304 Not Modified";

struct Response {
    status: &'static str,
    /// Whether pages of other sites may load it: the program and its model, never an article.
    shared: bool,
    media_type: &'static str,
    /// Changes with the file; none for what is made anew each time.
    version: Option<String>,
    body: Vec<u8>,
}

impl Response {
    fn refusal(status: &'static str) -> Response {
        Response { status, shared: false, media_type: "text/plain; charset=utf-8", version: None, body: status.into() }
    }

    fn is_ok(&self) -> bool {
        self.status == "200 OK" || self.status == NOT_MODIFIED
    }

    /// Without the content, if the browser has this version of it.
    fn unless_known(mut self, known: &str) -> Response {
        if self.version.as_deref().is_some_and(|version| version == known) {
            self.status = NOT_MODIFIED;
            self.body.clear();
        }
        self
    }

    fn write(&self, mut stream: &TcpStream, head: bool, stays: bool) -> std::io::Result<()> {
        let length = if self.status == NOT_MODIFIED {
            String::new()
        } else {
            format!("Content-Length: {}\r\n", self.body.len())
        };
        let version = self.version.as_ref().map_or_else(String::new, |version| format!("ETag: {version}\r\n"));
        let header = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\n{length}{version}Content-Security-Policy: {CONTENT_SECURITY_POLICY}\r\n\
             X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
             {}\r\nCache-Control: no-cache\r\nConnection: {}\r\n\r\n",
            self.status,
            self.media_type,
            if self.shared { SHARED } else { "Cross-Origin-Resource-Policy: same-origin" },
            if stays { "keep-alive" } else { "close" }
        );
        stream.write_all(header.as_bytes())?;
        if !head {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

fn respond(site: &Site, port: u16, request: &Request) -> Response {
    find(site, port, &request.line, &request.host).unless_known(&request.known)
}

fn find(site: &Site, port: u16, line: &str, host: &str) -> Response {
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Response::refusal("400 Bad Request");
    };
    if !version.starts_with("HTTP/1.") {
        return Response::refusal("505 HTTP Version Not Supported");
    }
    if method != "GET" && method != "HEAD" {
        return Response::refusal("405 Method Not Allowed");
    }
    // A page elsewhere that has its own name point to 127.0.0.1 may not read the reader's article.
    if host != format!("127.0.0.1:{port}") && host != format!("localhost:{port}") {
        return Response::refusal("421 Misdirected Request");
    }
    let Some(path) = decode_path(target) else {
        return Response::refusal("400 Bad Request");
    };
    if path == ["article"] {
        return match &site.article {
            None => Response::refusal(NOT_FOUND),
            Some(file) => match std::fs::read(file) {
                Ok(body) => Response {
                    status: "200 OK",
                    shared: false,
                    media_type: media_type(file, true),
                    version: None,
                    body,
                },
                Err(_) => Response::refusal(NOT_FOUND),
            },
        };
    }
    if path == ["sw.js"] {
        return match service_worker(site) {
            Some(body) => {
                let media_type = "text/javascript; charset=utf-8";
                Response { status: "200 OK", shared: false, media_type, version: None, body }
            }
            None => Response::refusal(NOT_FOUND),
        };
    }
    if matches!(path.as_slice(), [name] if name.is_empty() || name == "index.html") {
        (site.renew)();
    }
    let (folder, rest) = match path.split_first() {
        Some((first, rest)) if first == "npm" => (&site.package, rest),
        _ => (&site.page, path.as_slice()),
    };
    match read_inside(folder, rest) {
        Some((file, body)) => {
            let shared = path[0] == "npm" || path == ["bookmarklet.js"];
            let version = version_of(&file, body.len());
            Response { status: "200 OK", shared, media_type: media_type(&file, false), version, body }
        }
        None => Response::refusal(NOT_FOUND),
    }
}

/// The segments of a request's path, percent signs decoded; `None` when one of them could lead anywhere else.
fn decode_path(target: &str) -> Option<Vec<String>> {
    let path = target.split(['?', '#']).next().unwrap_or_default().strip_prefix('/')?;
    let mut segments = Vec::new();
    for segment in path.split('/') {
        let mut bytes = Vec::with_capacity(segment.len());
        let mut rest = segment.as_bytes();
        while let Some((&first, after)) = rest.split_first() {
            if first == b'%' {
                let (digits, after) = after.split_at_checked(2)?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
                rest = after;
            } else {
                bytes.push(first);
                rest = after;
            }
        }
        let segment = String::from_utf8(bytes).ok()?;
        // Also refuses `.` and `..`, hidden files, drive letters, streams and decoded separators.
        if segment.starts_with('.') || segment.contains(['/', '\\', ':', '\0']) {
            return None;
        }
        segments.push(segment);
    }
    Some(segments)
}

/// A file's real path and content; `None` when it is not there, or is a link that leads out of the folder.
fn read_inside(folder: &Path, segments: &[String]) -> Option<(PathBuf, Vec<u8>)> {
    let mut path = folder.to_owned();
    for segment in segments {
        if segment == "node_modules" {
            return None;
        }
        path.push(segment);
    }
    if segments.last().is_none_or(|last| last.is_empty()) {
        path.push("index.html");
    }
    let path = path.canonicalize().ok()?;
    if !path.starts_with(folder.canonicalize().ok()?) || !path.is_file() {
        return None;
    }
    let body = std::fs::read(&path).ok()?;
    Some((path, body))
}

/// A file's version as its time and length tell it: browsers keep scripts compiled with the version that they are of.
fn version_of(file: &Path, length: usize) -> Option<String> {
    let changed = file.metadata().ok()?.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("\"{:x}-{length:x}\"", changed.as_nanos()))
}

/// The service worker with the list of all files of the page and the version of all of them together, read now: whatever
/// changes in any file changes the version.
fn service_worker(site: &Site) -> Option<Vec<u8>> {
    let mut files = Vec::new();
    // The page runs its bundle, not the modules that it is made of.
    let of_page = |address: &str| !matches!(address, "./sw.js" | "./src/") && !address.ends_with(".map");
    let of_package = |address: &str| [".js", ".wasm", "/"].iter().any(|end| address.ends_with(end));
    list_files(&site.page, "./", &of_page, &mut files);
    list_files(&site.package, "./npm/", &of_package, &mut files);
    files.sort();
    let mut hash = Fnv::new();
    let mut list = String::from("\"./\"");
    for (address, path) in &files {
        hash.add(address.as_bytes());
        hash.add(&std::fs::read(path).ok()?);
        list.push_str(&format!(", {address:?}"));
    }
    let program = std::fs::read_to_string(site.page.join("sw.js")).ok()?;
    hash.add(program.as_bytes());
    Some(format!("const VERSION = \"{:016x}\", FILES = [{list}];\n{program}", hash.value()).into_bytes())
}

/// Adds a folder's files as the page addresses them, without hidden ones and tools. `is_wanted` is asked for each file and,
/// with a slash at its end, for each folder.
fn list_files(folder: &Path, address: &str, is_wanted: &dyn Fn(&str) -> bool, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.') && *name != "node_modules") else {
            continue;
        };
        let path = entry.path();
        let end = if path.is_dir() { "/" } else { "" };
        let address = format!("{address}{name}{end}");
        if !is_wanted(&address) {
            continue;
        }
        if path.is_dir() {
            list_files(&path, &address, is_wanted, files);
        } else {
            files.push((address, path));
        }
    }
}

/// A file's media type. An article that is not HTML is plain text, whatever its name.
fn media_type(file: &Path, article: bool) -> &'static str {
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("html" | "htm") => "text/html; charset=utf-8",
        _ if article => "text/plain; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 7000;

    /// A site in a folder of its own, beside a file that must never be served.
    struct Sandbox(PathBuf, Site);

    impl Sandbox {
        fn new(name: &str) -> Sandbox {
            let folder = std::env::temp_dir().join(format!("pressmark-{name}-{}", std::process::id()));
            for (file, content) in [
                ("secret.txt", "secret"),
                ("www/index.html", "<!doctype html>"),
                ("www/some name.css", "p {}"),
                ("www/.hidden", "secret"),
                ("npm/dist/pressmark_bg.wasm", "\0asm"),
                ("npm/node_modules/tool/index.js", "secret"),
                ("story.txt", "The story."),
            ] {
                let file = folder.join(file);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, content).unwrap();
            }
            let site = Site {
                page: folder.join("www"),
                package: folder.join("npm"),
                article: Some(folder.join("story.txt")),
                renew: || (),
            };
            Sandbox(folder, site)
        }

        fn get(&self, target: &str) -> Response {
            find(&self.1, PORT, &format!("GET {target} HTTP/1.1\r\n"), "127.0.0.1:7000")
        }
    }

    impl Drop for Sandbox {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_served_with_their_media_types() {
        let sandbox = Sandbox::new("files");
        for (target, media_type) in [
            ("/", "text/html; charset=utf-8"),
            ("/index.html?sample=1#q2", "text/html; charset=utf-8"),
            ("/some%20name.css", "text/css; charset=utf-8"),
            ("/npm/dist/pressmark_bg.wasm", "application/wasm"),
            ("/article", "text/plain; charset=utf-8"),
        ] {
            let response = sandbox.get(target);
            assert_eq!((response.status, response.media_type), ("200 OK", media_type), "{target}");
        }
        assert_eq!(sandbox.get("/article").body, b"The story.");
    }

    #[test]
    fn the_service_worker_lists_every_file_and_changes_with_each_of_them() {
        let sandbox = Sandbox::new("worker");
        assert_eq!(sandbox.get("/sw.js").status, "404 Not Found");
        std::fs::write(sandbox.0.join("www/sw.js"), "work();").unwrap();
        let worker = || String::from_utf8(sandbox.get("/sw.js").body).unwrap();
        let first = worker();
        let (line, program) = first.split_once('\n').unwrap();
        assert!(line.starts_with("const VERSION = \""), "{line}");
        assert!(
            line.ends_with(
                "FILES = [\"./\", \"./index.html\", \"./npm/dist/pressmark_bg.wasm\", \"./some name.css\"];"
            ),
            "{line}"
        );
        assert_eq!(program, "work();");
        assert_eq!(worker(), first);
        std::fs::write(sandbox.0.join("npm/dist/pressmark_bg.wasm"), "\0asn").unwrap();
        assert_ne!(worker(), first);
    }

    #[test]
    fn other_sites_may_load_the_program_and_nothing_else() {
        let sandbox = Sandbox::new("shared");
        for (target, shared) in
            [("/npm/dist/pressmark_bg.wasm", true), ("/", false), ("/article", false), ("/npm/nothing", false)]
        {
            assert_eq!(sandbox.get(target).shared, shared, "{target}");
        }
    }

    #[test]
    fn no_request_leads_out_of_the_folders() {
        let sandbox = Sandbox::new("outside");
        #[cfg(unix)]
        std::os::unix::fs::symlink(sandbox.0.join("secret.txt"), sandbox.0.join("www/link.txt")).unwrap();
        for target in [
            "/../secret.txt",
            "/npm/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/npm/..%5c..%5csecret.txt",
            "/..\\secret.txt",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/C:/secret.txt",
            "/link.txt",
            "/.hidden",
            "/npm/node_modules/tool/index.js",
            "/secret.txt",
            "/dist",
            "/%",
            "/%zz",
            "/%+1",
            "/%ff",
            "/index.html%00",
            "secret.txt",
            "http://127.0.0.1:7000/secret.txt",
        ] {
            let response = sandbox.get(target);
            assert!(["404 Not Found", "400 Bad Request"].contains(&response.status), "{target}: {}", response.status);
        }
    }

    #[test]
    fn only_reading_is_allowed_and_only_under_our_own_name() {
        let sandbox = Sandbox::new("methods");
        for (request, host, status) in [
            ("POST / HTTP/1.1", "127.0.0.1:7000", "405 Method Not Allowed"),
            ("GET / HTTP/2", "127.0.0.1:7000", "505 HTTP Version Not Supported"),
            ("GET /", "127.0.0.1:7000", "400 Bad Request"),
            ("", "", "400 Bad Request"),
            ("GET /article HTTP/1.1", "news.example:7000", "421 Misdirected Request"),
            ("GET /article HTTP/1.1", "", "421 Misdirected Request"),
            ("HEAD /article HTTP/1.1", "localhost:7000", "200 OK"),
        ] {
            assert_eq!(find(&sandbox.1, PORT, request, host).status, status, "{request} {host}");
        }
    }

    #[test]
    fn a_taken_port_gives_the_next_free_one() {
        let first = Server::bind(0).unwrap();
        let second = Server::bind(first.port()).unwrap();
        assert!(second.port() > first.port());
    }

    #[test]
    fn over_the_wire_every_response_carries_the_policy_and_head_has_no_body() {
        let sandbox = Sandbox::new("wire");
        let server = Server::bind(0).unwrap();
        let port = server.port();
        let site =
            Site { page: sandbox.1.page.clone(), package: sandbox.1.package.clone(), article: None, renew: || () };
        std::thread::spawn(move || server.serve(site));
        let ask = |request: &str| {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
            write!(stream, "{request}\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n").unwrap();
            let mut response = String::new();
            stream.read_to_string(&mut response).unwrap();
            let (header, body) = response.split_once("\r\n\r\n").unwrap();
            assert!(header.contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'"), "{header}");
            (header.lines().next().unwrap().to_owned(), body.to_owned())
        };
        assert_eq!(ask("GET / HTTP/1.1"), ("HTTP/1.1 200 OK".into(), "<!doctype html>".into()));
        assert_eq!(ask("HEAD / HTTP/1.1"), ("HTTP/1.1 200 OK".into(), String::new()));
        assert_eq!(ask("GET /article HTTP/1.1").0, "HTTP/1.1 404 Not Found");
        assert_eq!(ask("GET /nothing HTTP/1.1"), ("HTTP/1.1 404 Not Found".into(), "404 Not Found".into()));
    }

    #[test]
    fn a_connection_serves_many_requests_and_what_is_known_is_not_sent_again() {
        let sandbox = Sandbox::new("connection");
        let server = Server::bind(0).unwrap();
        let port = server.port();
        let site =
            Site { page: sandbox.1.page.clone(), package: sandbox.1.package.clone(), article: None, renew: || () };
        std::thread::spawn(move || server.serve(site));
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let mut reader = BufReader::new(&stream);
        let mut ask = |headers: &str| {
            write!(&stream, "GET / HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{headers}\r\n").unwrap();
            let mut lines = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if line.trim_end().is_empty() {
                    break;
                }
                lines.push(line.trim_end().to_owned());
            }
            let value =
                |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
            let mut body = vec![0; value("Content-Length: ").parse().unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            (lines[0].clone(), value("ETag: "), value("Connection: "), body.len())
        };
        let (status, version, connection, length) = ask("");
        assert_eq!((status.as_str(), connection.as_str(), length), ("HTTP/1.1 200 OK", "keep-alive", 15));
        let (status, _, _, length) = ask(&format!("if-none-match: {version}\r\n"));
        assert_eq!((status.as_str(), length), ("HTTP/1.1 304 Not Modified", 0));
        std::fs::write(sandbox.0.join("www/index.html"), "<!doctype html><p>").unwrap();
        let (status, _, _, length) = ask(&format!("if-none-match: {version}\r\n"));
        assert_eq!((status.as_str(), length), ("HTTP/1.1 200 OK", 18));
        // What a body might hide is never taken for a request.
        let (_, _, connection, _) = ask("content-length: 40\r\n");
        assert_eq!(connection, "close");
    }
}
