//! What a word may mean in a date or an amount.

use crate::hashing::stable;
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
    lines(key).next().map_or_else(Meaning::default, |line| {
        let (flags, number, _) = MEANINGS[line];
        Meaning::new(flags, number)
    })
}

/// What words mean, and the words, a space between each two; of a word that stands in several lines the first
/// counts.
///
/// Codes that are words or letters ("can", "try") count only where a number is glued to them or they end in a sign; their case is
/// looked at where they are read. Last the units that may stand after a number, with or without a space.
const MEANINGS: &[(u32, u8, &str)] = &[
    (MONTH, 1, "january"),
    (MONTH, 2, "february"),
    (MONTH, 3, "march"),
    (MONTH, 4, "april"),
    (MONTH, 6, "june"),
    (MONTH, 7, "july"),
    (MONTH, 8, "august"),
    (MONTH, 9, "september"),
    (MONTH, 10, "october"),
    (MONTH, 11, "november"),
    (MONTH, 12, "december"),
    (MONTH | DOUBTFUL, 1, "jan"),
    (MONTH | DOUBTFUL, 2, "feb"),
    (MONTH | DOUBTFUL, 3, "mar"),
    (MONTH | DOUBTFUL, 4, "apr"),
    (MONTH | DOUBTFUL, 5, "may"),
    (MONTH | DOUBTFUL, 6, "jun"),
    (MONTH | DOUBTFUL, 7, "jul"),
    (MONTH | DOUBTFUL, 8, "aug"),
    (MONTH | DOUBTFUL, 9, "sep sept"),
    (MONTH | DOUBTFUL, 10, "oct"),
    (MONTH | DOUBTFUL, 11, "nov"),
    (MONTH | DOUBTFUL, 12, "dec"),
    (WEEKDAY, 1, "monday mondays"),
    (WEEKDAY, 2, "tuesday tuesdays"),
    (WEEKDAY, 3, "wednesday wednesdays"),
    (WEEKDAY, 4, "thursday thursdays"),
    (WEEKDAY, 5, "friday fridays"),
    (WEEKDAY, 6, "saturday saturdays"),
    (WEEKDAY, 7, "sunday sundays"),
    (WEEKDAY | DOUBTFUL, 0, "mon tue tues wed thu thur thurs fri sat sun"),
    (DAY, 0, "today yesterday tomorrow tonight"),
    (NEAR, 0, "last next this previous following coming"),
    (PERIOD, 0, "week month year weekend decade summer winter autumn spring fall morning afternoon evening night"),
    (PERIOD | PART, 0, "century"),
    (PART | PERIOD, 0, "quarter"),
    (PART | PERIOD | ARTICLE, 0, "half"),
    (PERIODS, 0, "days weeks months years decades centuries"),
    (PERIODS | PERIOD, 0, "day"),
    (ORDINAL, 1, "first"),
    (ORDINAL, 2, "second"),
    (ORDINAL, 3, "third"),
    (ORDINAL, 4, "fourth"),
    (ARTICLE, 0, "a an"),
    (SOME, 0, "few several many couple"),
    (
        WORD,
        0,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
         seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
    ),
    (SCALE, 2, "hundred"),
    (SCALE, 3, "thousand"),
    (SCALE, 5, "lakh lac"),
    (SCALE, 6, "million mn mln mil"),
    (SCALE, 7, "crore cr"),
    (SCALE, 9, "billion bn bln"),
    (SCALE, 12, "trillion tn trn"),
    (SCALES, 0, "tens dozens hundreds thousands lakhs millions crores billions trillions"),
    (SIGN, 0, "$ € ¥ ₹ ₦ ₩ ₽ ₺ ₴ ₫ ₱ ฿ ₪ ₡ ₲ ₵ ₸ ₭ ₮ ₼ ₾ ৳ ﷼ ¢ ₨ ៛ ֏"),
    (SIGN | STERLING, 0, "£"),
    (SIGN_PREFIX, 0, "us u.s. nt r f nz s au c ca can hk j z tt ec b bds g n t ws si fj mx mex bz l rd sg"),
    (SIGN_PREFIX | CODE, 0, "cad aud"),
    (
        CODE,
        0,
        "usd eur gbp jpy cny rmb inr ngn kes zar ugx tzs ghs ghc egp sar aed qar kwd bhd omr ils nis jod lbp syp iqd \
         irr pkr bdt lkr npr mvr idr myr sgd thb vnd php krw twd hkd nzd fjd pgk mxn cop clp ars brl pen uyu bob pyg \
         ves dop crc gtq hnl nio jmd ttd bbd htg chf sek nok dkk isk pln czk huf ron bgn hrk rsd uah rub byn kzt uzs \
         gel amd azn try mad dzd tnd lyd sdg etb ern djf sos rwf bif cdf xaf xof zmw zwl mwk mzn aoa nad bwp szl lsl \
         mga mur scr gmd gnf sll lrd cve mmk khr lak mnt kgs tjs tmt afn fcfa cfa zig",
    ),
    (CODE, 0, "rs re tk ll ksh kshs ugsh ush ushs tsh tshs sh shs rm rp sr dh dhs birr gh k kr sfr fr bs le p kn vt"),
    (CODE | CURRENCY, 0, "naira"),
    (
        CURRENCY,
        0,
        "dollar dollars euro euros yen yuan renminbi rupee rupees rupiah ringgit baht won dong peso pesos real reais \
         lira liras dinar dinars dirham dirhams riyal riyals rial rials shekel shekels franc francs krona kronor \
         krone kroner kronur zloty zlotys koruna korunas koruny forint forints lei leu lev leva hryvnia hryvnias \
         ruble rubles rouble roubles tenge som soum lari dram drams manat manats taka kyat kyats kip riel riels \
         tugrik afghani afghanis shilling shillings nairas cedi cedis rand rands kwacha kwanza kwanzas metical \
         meticais pula birrs nakfa dalasi leone leones ouguiya ariary cent cents centavo centavos centimes centimos \
         paise penny kobo bucks euro-cents eurocents sol soles guarani guaranis boliviano bolivianos bolivar bolivars \
         bolivares colon colones quetzal quetzales lempira lempiras cordoba cordobas gourde gourdes tala kina vatu \
         paanga loti maloti lilangeni emalangeni escudo escudos bitcoin bitcoins toman tomans",
    ),
    (CURRENCY | STERLING, 0, "pence quid sterling"),
    (CURRENCY | UNIT | POUND, 0, "pound pounds"),
    (PERCENT, 0, "% percent pct percentage basis per per-cent pc"),
    (UNIT_PREFIX, 0, "square cubic nautical metric short long light sq fluid"),
    (
        BEFORE_YEAR,
        0,
        "in since of by from until till before after circa around between during through early late mid to and c. \
         born for about est founded established on",
    ),
    (
        UNIT,
        0,
        "kilometre kilometres kilometer kilometers km kms metre metres meter meters m centimetre centimetres \
         centimeter centimeters cm millimetre millimetres millimeter millimeters mm nanometre nanometres nanometer \
         nanometers nm micron microns mile miles foot feet ft inch inches yard yards yd acre acres hectare hectares \
         ha tonne tonnes ton tons kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs gram grams gramme \
         grammes g milligram milligrams mg microgram micrograms lb lbs ounce ounces oz carat carats stone litre \
         litres liter liters millilitre millilitres milliliter milliliters ml gallon gallons barrel barrels bushel \
         bushels pint pints watt watts kilowatt kilowatts kw megawatt megawatts mw gigawatt gigawatts gw kwh mwh gwh \
         twh kilowatt-hours volt volts hertz ghz mhz khz hz byte bytes kilobytes megabytes mb gigabyte gigabytes gb \
         terabyte terabytes tb degree degrees ° °c °f celsius fahrenheit c f mph kph kmh km/h knot knots decibel \
         decibels db calorie calories kcal joule joules bcm mcm bcf bpd teu teus kiloton kilotons megaton megatons \
         megatonnes gigatonnes parsec parsecs fathoms furlong furlongs quintal quintals maund maunds light-years \
         pascal hpa kpa psi amps horsepower hp cc mbps gbps megapixel megapixels",
    ),
];

/// Where a word stands in [`MEANINGS`].
#[derive(Clone, Copy, Default)]
struct Place {
    line: u8,
    /// Its bytes; 0 where there is no word.
    length: u8,
    start: u16,
}

impl Place {
    fn word(self) -> &'static [u8] {
        &MEANINGS[usize::from(self.line)].2.as_bytes()[usize::from(self.start)..][..usize::from(self.length)]
    }
}

/// Some of its hash is the number of a word's place; one that is taken is followed by the next. Of equal words the first stands
/// first.
type Places = [Place; 1 << PLACE_BITS];

const PLACE_BITS: u32 = 11;

fn places() -> &'static Places {
    static PLACES: OnceLock<Places> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut places = [Place::default(); 1 << PLACE_BITS];
        for (line, (.., words)) in (0..).zip(MEANINGS) {
            let mut start = 0;
            for word in words.split_ascii_whitespace() {
                let mut at = place_of(word);
                while places[at].length > 0 {
                    at = (at + 1) % places.len();
                }
                places[at] = Place { line, length: word.len() as u8, start };
                start += word.len() as u16 + 1;
            }
        }
        places
    })
}

/// Where a word is looked for.
fn place_of(word: &str) -> usize {
    (stable(word).wrapping_mul(0x9E37_79B9) >> (32 - PLACE_BITS)) as usize
}

/// The lines of [`MEANINGS`] that a word stands in, in order.
fn lines(word: &str) -> impl Iterator<Item = usize> {
    let (places, first) = (places(), place_of(word));
    let filled = (0..places.len()).map(move |more| places[(first + more) % places.len()]);
    let filled = filled.take_while(|place| place.length > 0);
    filled.filter(|place| place.word() == word.as_bytes()).map(|place| usize::from(place.line))
}

/// Whether it is a unit that may stand after a number.
pub fn is_unit(key: &str) -> bool {
    lines(key).any(|line| line + 1 == MEANINGS.len())
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
