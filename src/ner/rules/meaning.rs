//! What a word may mean in a date or an amount.

use crate::hashing::WordSet;
use std::sync::OnceLock;

/// A set of the flags below, and a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Meaning {
    flags: u32,
    /// Of a month or weekday, from 1; the value of a small number in words; the power of ten of a scale.
    pub number: u8,
}

/// "January", "Jan"
pub const MONTH: u32 = 1;
/// "Monday", "Mon"
pub const WEEKDAY: u32 = 1 << 1;
/// Says little without a number beside it: "Mar", "Sat", "May".
pub const DOUBTFUL: u32 = 1 << 2;
/// "today"
pub const DAY: u32 = 1 << 3;
/// "last", "next", "this"
pub const NEAR: u32 = 1 << 4;
/// "week", "summer", "night"
pub const PERIOD: u32 = 1 << 5;
/// "years" in "three years ago"
pub const PERIODS: u32 = 1 << 6;
/// Digits in it.
pub const DIGITS: u32 = 1 << 7;
/// "seven", "forty"
pub const WORD: u32 = 1 << 8;
/// "million", "bn"
pub const SCALE: u32 = 1 << 9;
/// "millions"
pub const SCALES: u32 = 1 << 10;
/// "$"
pub const SIGN: u32 = 1 << 11;
/// "USD", "Rs"
pub const CODE: u32 = 1 << 12;
/// "dollars"
pub const CURRENCY: u32 = 1 << 13;
/// "US" before "$"
pub const SIGN_PREFIX: u32 = 1 << 14;
/// "percent", "%"
pub const PERCENT: u32 = 1 << 15;
/// "kilometres"
pub const UNIT: u32 = 1 << 16;
/// "square" in "square miles"
pub const UNIT_PREFIX: u32 = 1 << 17;
/// "first", "third"
pub const ORDINAL: u32 = 1 << 18;
/// "quarter", "half", "century"
pub const PART: u32 = 1 << 19;
/// "in", "since": what stands before a year.
pub const BEFORE_YEAR: u32 = 1 << 20;
/// The text's pounds are money.
pub const STERLING: u32 = 1 << 21;
/// "a", "half": may begin a number in words.
pub const ARTICLE: u32 = 1 << 22;
/// "FY2024", "Q1"
pub const FISCAL: u32 = 1 << 23;
/// "Rs44bn": a currency with its amount.
pub const GLUED: u32 = 1 << 24;
/// "pounds": a currency and a unit.
pub const POUND: u32 = 1 << 25;

/// "several": a number that is not told.
pub const SOME: u32 = 1 << 26;

/// What can begin a date.
pub const DATE_START: u32 = MONTH | WEEKDAY | DAY | NEAR | DIGITS | ORDINAL | FISCAL | WORD | PERIOD | ARTICLE | SOME;

/// What can begin an expression of any kind.
pub const START: u32 = DATE_START | SCALE | SCALES | SIGN | CODE | SIGN_PREFIX | GLUED;

impl Meaning {
    const fn new(flags: u32, number: u8) -> Meaning {
        Meaning { flags, number }
    }

    /// Whether it may mean any of these.
    pub const fn has(self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    /// Whether it means nothing here.
    pub const fn is_none(self) -> bool {
        self.flags == 0
    }
}

/// What a word with this folded form may mean.
pub fn meaning(key: &str) -> Meaning {
    if key.bytes().any(|byte| byte.is_ascii_digit()) || key.starts_with(['½', '¼', '¾']) {
        return Meaning::new(if key.as_bytes()[0].is_ascii_alphabetic() { with_digits(key) } else { DIGITS }, 0);
    }
    if key.len() > 16 {
        return Meaning::default();
    }
    match key {
        "january" => Meaning::new(MONTH, 1),
        "february" => Meaning::new(MONTH, 2),
        "march" => Meaning::new(MONTH, 3),
        "april" => Meaning::new(MONTH, 4),
        "june" => Meaning::new(MONTH, 6),
        "july" => Meaning::new(MONTH, 7),
        "august" => Meaning::new(MONTH, 8),
        "september" => Meaning::new(MONTH, 9),
        "october" => Meaning::new(MONTH, 10),
        "november" => Meaning::new(MONTH, 11),
        "december" => Meaning::new(MONTH, 12),
        "jan" => Meaning::new(MONTH | DOUBTFUL, 1),
        "feb" => Meaning::new(MONTH | DOUBTFUL, 2),
        "mar" => Meaning::new(MONTH | DOUBTFUL, 3),
        "apr" => Meaning::new(MONTH | DOUBTFUL, 4),
        "may" => Meaning::new(MONTH | DOUBTFUL, 5),
        "jun" => Meaning::new(MONTH | DOUBTFUL, 6),
        "jul" => Meaning::new(MONTH | DOUBTFUL, 7),
        "aug" => Meaning::new(MONTH | DOUBTFUL, 8),
        "sep" | "sept" => Meaning::new(MONTH | DOUBTFUL, 9),
        "oct" => Meaning::new(MONTH | DOUBTFUL, 10),
        "nov" => Meaning::new(MONTH | DOUBTFUL, 11),
        "dec" => Meaning::new(MONTH | DOUBTFUL, 12),
        "monday" | "mondays" => Meaning::new(WEEKDAY, 1),
        "tuesday" | "tuesdays" => Meaning::new(WEEKDAY, 2),
        "wednesday" | "wednesdays" => Meaning::new(WEEKDAY, 3),
        "thursday" | "thursdays" => Meaning::new(WEEKDAY, 4),
        "friday" | "fridays" => Meaning::new(WEEKDAY, 5),
        "saturday" | "saturdays" => Meaning::new(WEEKDAY, 6),
        "sunday" | "sundays" => Meaning::new(WEEKDAY, 7),
        "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" => {
            Meaning::new(WEEKDAY | DOUBTFUL, 0)
        }
        "today" | "yesterday" | "tomorrow" | "tonight" => Meaning::new(DAY, 0),
        "last" | "next" | "this" | "previous" | "following" | "coming" => Meaning::new(NEAR, 0),
        "week" | "month" | "year" | "weekend" | "decade" | "century" | "summer" | "winter" | "autumn" | "spring"
        | "fall" | "morning" | "afternoon" | "evening" | "night" => {
            let part = if key == "century" { PART } else { 0 };
            Meaning::new(PERIOD | part, 0)
        }
        "quarter" | "half" => Meaning::new(PART | PERIOD | if key == "half" { ARTICLE } else { 0 }, 0),
        "days" | "weeks" | "months" | "years" | "decades" | "centuries" => Meaning::new(PERIODS, 0),
        "day" => Meaning::new(PERIODS | PERIOD, 0),
        "first" => Meaning::new(ORDINAL, 1),
        "second" => Meaning::new(ORDINAL, 2),
        "third" => Meaning::new(ORDINAL, 3),
        "fourth" => Meaning::new(ORDINAL, 4),
        "a" | "an" => Meaning::new(ARTICLE, 0),
        "few" | "several" | "many" | "couple" => Meaning::new(SOME, 0),
        "zero" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "eleven"
        | "twelve" | "thirteen" | "fourteen" | "fifteen" | "sixteen" | "seventeen" | "eighteen" | "nineteen"
        | "twenty" | "thirty" | "forty" | "fifty" | "sixty" | "seventy" | "eighty" | "ninety" => Meaning::new(WORD, 0),
        "hundred" => Meaning::new(SCALE, 2),
        "thousand" => Meaning::new(SCALE, 3),
        "lakh" | "lac" => Meaning::new(SCALE, 5),
        "million" | "mn" | "mln" | "mil" => Meaning::new(SCALE, 6),
        "crore" | "cr" => Meaning::new(SCALE, 7),
        "billion" | "bn" | "bln" => Meaning::new(SCALE, 9),
        "trillion" | "tn" | "trn" => Meaning::new(SCALE, 12),
        "tens" | "dozens" | "hundreds" | "thousands" | "lakhs" | "millions" | "crores" | "billions" | "trillions" => {
            Meaning::new(SCALES, 0)
        }
        "$" | "€" | "£" | "¥" | "₹" | "₦" | "₩" | "₽" | "₺" | "₴" | "₫" | "₱" | "฿" | "₪" | "₡" | "₲" | "₵" | "₸"
        | "₭" | "₮" | "₼" | "₾" | "৳" | "﷼" | "¢" | "₨" | "៛" | "֏" => {
            Meaning::new(SIGN | if key == "£" { STERLING } else { 0 }, 0)
        }
        // Codes that are words or letters count only where a number is glued to them or they end in a sign.
        "us" | "u.s." | "nt" | "r" | "f" | "nz" | "s" | "au" | "c" | "ca" | "can" | "hk" | "j" | "z" | "tt" | "ec"
        | "b" | "bds" | "g" | "n" | "t" | "ws" | "si" | "fj" | "mx" | "mex" | "bz" | "l" | "rd" | "cad" | "aud"
        | "sg" => {
            let code = if matches!(key, "cad" | "aud") { CODE } else { 0 };
            Meaning::new(SIGN_PREFIX | code, 0)
        }
        "usd" | "eur" | "gbp" | "jpy" | "cny" | "rmb" | "inr" | "ngn" | "kes" | "zar" | "ugx" | "tzs" | "ghs"
        | "ghc" | "egp" | "sar" | "aed" | "qar" | "kwd" | "bhd" | "omr" | "ils" | "nis" | "jod" | "lbp" | "syp"
        | "iqd" | "irr" | "pkr" | "bdt" | "lkr" | "npr" | "mvr" | "idr" | "myr" | "sgd" | "thb" | "vnd" | "php"
        | "krw" | "twd" | "hkd" | "nzd" | "fjd" | "pgk" | "mxn" | "cop" | "clp" | "ars" | "brl" | "pen" | "uyu"
        | "bob" | "pyg" | "ves" | "dop" | "crc" | "gtq" | "hnl" | "nio" | "jmd" | "ttd" | "bbd" | "htg" | "chf"
        | "sek" | "nok" | "dkk" | "isk" | "pln" | "czk" | "huf" | "ron" | "bgn" | "hrk" | "rsd" | "uah" | "rub"
        | "byn" | "kzt" | "uzs" | "gel" | "amd" | "azn" | "try" | "mad" | "dzd" | "tnd" | "lyd" | "sdg" | "etb"
        | "ern" | "djf" | "sos" | "rwf" | "bif" | "cdf" | "xaf" | "xof" | "zmw" | "zwl" | "mwk" | "mzn" | "aoa"
        | "nad" | "bwp" | "szl" | "lsl" | "mga" | "mur" | "scr" | "gmd" | "gnf" | "sll" | "lrd" | "cve" | "mmk"
        | "khr" | "lak" | "mnt" | "kgs" | "tjs" | "tmt" | "afn" | "fcfa" | "cfa" | "zig" => {
            // "php 8" and "try 3" are no money unless written as a code; the case is looked at where they are read.
            Meaning::new(CODE, 0)
        }
        "rs" | "re" | "tk" | "ksh" | "kshs" | "ugsh" | "ush" | "ushs" | "tsh" | "tshs" | "sh" | "shs" | "rm" | "rp"
        | "sr" | "dh" | "dhs" | "birr" | "gh" | "k" | "kr" | "sfr" | "fr" | "bs" | "le" | "p" | "kn" | "vt"
        | "naira" => Meaning::new(CODE | if key == "naira" { CURRENCY } else { 0 }, 0),
        "dollar" | "dollars" | "euro" | "euros" | "yen" | "yuan" | "renminbi" | "rupee" | "rupees" | "rupiah"
        | "ringgit" | "baht" | "won" | "dong" | "peso" | "pesos" | "real" | "reais" | "lira" | "liras" | "dinar"
        | "dinars" | "dirham" | "dirhams" | "riyal" | "riyals" | "rial" | "rials" | "shekel" | "shekels" | "franc"
        | "francs" | "krona" | "kronor" | "krone" | "kroner" | "kronur" | "zloty" | "zlotys" | "koruna" | "korunas"
        | "koruny" | "forint" | "forints" | "lei" | "leu" | "lev" | "leva" | "hryvnia" | "hryvnias" | "ruble"
        | "rubles" | "rouble" | "roubles" | "tenge" | "som" | "soum" | "lari" | "dram" | "drams" | "manat"
        | "manats" | "taka" | "kyat" | "kyats" | "kip" | "riel" | "riels" | "tugrik" | "afghani" | "afghanis"
        | "shilling" | "shillings" | "nairas" | "cedi" | "cedis" | "rand" | "rands" | "kwacha" | "kwanza"
        | "kwanzas" | "metical" | "meticais" | "pula" | "birrs" | "nakfa" | "dalasi" | "leone" | "leones"
        | "ouguiya" | "ariary" | "cent" | "cents" | "centavo" | "centavos" | "centimes" | "centimos" | "paise"
        | "pence" | "penny" | "kobo" | "quid" | "bucks" | "sterling" | "euro-cents" | "eurocents" | "sol" | "soles"
        | "guarani" | "guaranis" | "boliviano" | "bolivianos" | "bolivar" | "bolivars" | "bolivares" | "colon"
        | "colones" | "quetzal" | "quetzales" | "lempira" | "lempiras" | "cordoba" | "cordobas" | "gourde"
        | "gourdes" | "tala" | "kina" | "vatu" | "paanga" | "loti" | "maloti" | "lilangeni" | "emalangeni"
        | "escudo" | "escudos" | "bitcoin" | "bitcoins" | "toman" | "tomans" => {
            Meaning::new(CURRENCY | if matches!(key, "pence" | "quid" | "sterling") { STERLING } else { 0 }, 0)
        }
        "pound" | "pounds" => Meaning::new(CURRENCY | UNIT | POUND, 0),
        "%" | "percent" | "pct" | "percentage" | "basis" | "per" | "per-cent" | "pc" => Meaning::new(PERCENT, 0),
        "square" | "cubic" | "nautical" | "metric" | "short" | "long" | "light" | "sq" | "fluid" => {
            Meaning::new(UNIT_PREFIX, 0)
        }
        "in" | "since" | "of" | "by" | "from" | "until" | "till" | "before" | "after" | "circa" | "around"
        | "between" | "during" | "through" | "early" | "late" | "mid" | "to" | "and" | "c." | "born" | "for"
        | "about" | "est" | "founded" | "established" | "on" => Meaning::new(BEFORE_YEAR, 0),
        _ if is_unit(key) => Meaning::new(UNIT, 0),
        _ => Meaning::default(),
    }
}

/// Units that may stand after a number, with or without a space.
const UNITS: &[&str] = &[
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "km",
    "kms",
    "metre",
    "metres",
    "meter",
    "meters",
    "m",
    "centimetre",
    "centimetres",
    "centimeter",
    "centimeters",
    "cm",
    "millimetre",
    "millimetres",
    "millimeter",
    "millimeters",
    "mm",
    "nanometre",
    "nanometres",
    "nanometer",
    "nanometers",
    "nm",
    "micron",
    "microns",
    "mile",
    "miles",
    "foot",
    "feet",
    "ft",
    "inch",
    "inches",
    "yard",
    "yards",
    "yd",
    "acre",
    "acres",
    "hectare",
    "hectares",
    "ha",
    "tonne",
    "tonnes",
    "ton",
    "tons",
    "kilogram",
    "kilograms",
    "kilogramme",
    "kilogrammes",
    "kilo",
    "kilos",
    "kg",
    "kgs",
    "gram",
    "grams",
    "gramme",
    "grammes",
    "g",
    "milligram",
    "milligrams",
    "mg",
    "microgram",
    "micrograms",
    "lb",
    "lbs",
    "ounce",
    "ounces",
    "oz",
    "carat",
    "carats",
    "stone",
    "litre",
    "litres",
    "liter",
    "liters",
    "millilitre",
    "millilitres",
    "milliliter",
    "milliliters",
    "ml",
    "gallon",
    "gallons",
    "barrel",
    "barrels",
    "bushel",
    "bushels",
    "pint",
    "pints",
    "watt",
    "watts",
    "kilowatt",
    "kilowatts",
    "kw",
    "megawatt",
    "megawatts",
    "mw",
    "gigawatt",
    "gigawatts",
    "gw",
    "kwh",
    "mwh",
    "gwh",
    "twh",
    "kilowatt-hours",
    "volt",
    "volts",
    "hertz",
    "ghz",
    "mhz",
    "khz",
    "hz",
    "byte",
    "bytes",
    "kilobytes",
    "megabytes",
    "mb",
    "gigabyte",
    "gigabytes",
    "gb",
    "terabyte",
    "terabytes",
    "tb",
    "degree",
    "degrees",
    "°",
    "°c",
    "°f",
    "celsius",
    "fahrenheit",
    "c",
    "f",
    "mph",
    "kph",
    "kmh",
    "km/h",
    "knot",
    "knots",
    "decibel",
    "decibels",
    "db",
    "calorie",
    "calories",
    "kcal",
    "joule",
    "joules",
    "bcm",
    "mcm",
    "bcf",
    "bpd",
    "teu",
    "teus",
    "kiloton",
    "kilotons",
    "megaton",
    "megatons",
    "megatonnes",
    "gigatonnes",
    "parsec",
    "parsecs",
    "fathoms",
    "furlong",
    "furlongs",
    "quintal",
    "quintals",
    "maund",
    "maunds",
    "light-years",
    "pascal",
    "hpa",
    "kpa",
    "psi",
    "amps",
    "horsepower",
    "hp",
    "cc",
    "mbps",
    "gbps",
    "megapixel",
    "megapixels",
];

/// Whether it is one of [`UNITS`].
pub fn is_unit(key: &str) -> bool {
    static ALL: OnceLock<WordSet<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| UNITS.iter().copied().collect()).contains(key)
}

/// "FY2024", "Q1", "Rs44bn", "N38"
fn with_digits(key: &str) -> u32 {
    let letters = key.bytes().take_while(u8::is_ascii_alphabetic).count();
    match &key[..letters] {
        "fy" => FISCAL,
        "q" | "h" if key.len() == 2 => FISCAL,
        prefix => {
            let rest = key[letters..].trim_start_matches(|c: char| c.is_ascii_digit());
            let amount = matches!(rest, "" | "m" | "mn" | "bn" | "b" | "k" | "tn" | "cr" | "million" | "billion");
            let flags = meaning(prefix).flags;
            let code = flags & CODE != 0 || matches!(prefix, "n" | "r" | "p" | "k" | "b" | "t" | "l" | "d");
            if amount && code { GLUED } else { 0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_may_mean_several_things() {
        assert!(meaning("pounds").has(UNIT) && meaning("pounds").has(CURRENCY));
        assert!(meaning("half").has(ARTICLE) && meaning("half").has(PART));
        assert!(meaning("cottage").is_none());
    }

    #[test]
    fn amounts_glued_to_their_currency_are_seen() {
        assert!(meaning("rs44bn").has(GLUED) && meaning("n38").has(GLUED));
        assert!(!meaning("g20").has(GLUED) && !meaning("covid19").has(GLUED));
    }
}
