//! Short and pet forms of given names: "Joe" may be Joseph. Common ones only; written for this project.

use crate::hashing::WordMap;
use std::sync::OnceLock;

/// Each line: a full given name, then its short forms.
static TABLE: &str = "\
alexander alex sasha sascha xander lex
oleksandr sasha
aleksandr sasha
alexandra alex sandra sasha
alfred alf fred
anthony tony
antonio tony toni toño
andrew andy drew
anastasia nastya nasta
barbara barb barbara babs
benjamin ben benny
catherine cathy kate katie cat
katherine kathy kate katie kat
charles charlie chuck
christopher chris kit
christine chris tina
daniel dan danny
david dave davy
deborah deb debbie
donald don donny
dmitry dima mitya
douglas doug
edward ed eddie ted ned
elizabeth liz lizzie beth betty betsy eliza
eugene gene
evgeny zhenya
yevhen zhenya
frances fran
francis frank
francisco paco pancho
frederick fred freddie
gerald gerry jerry
gregory greg
harold harry
henry harry hank
ignacio nacho
isabella bella
ivan vanya
ioann vanya
jacob jake
james jim jimmy jamie
jeffrey jeff
jennifer jen jenny
jessica jess
jesus chuy
john jack johnny jon
jonathan jon jonny
jose pepe
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
konstantin kostya
lawrence larry
leonard len lenny leo
leonardo leo
margaret maggie meg peggy
maria masha
matthew matt
michael mike mick mickey
mikhail misha
mykhailo misha
nathan nate
nicholas nick nicky
nikolai kolya
pamela pam
patricia pat patty trish tricia
patrick pat paddy
pavel pasha
peter pete
philip phil
rebecca becky becca
richard rick dick rich richie
robert bob bobby rob robbie bert
roberto beto
ronald ron ronnie
rafael rafa
samuel sam sammy
samantha sam
sergei seryozha
serhiy seryozha
stephen steve
steven steve
susan sue susie
tatiana tanya
theodore ted teddy
theresa terry tess
thomas tom tommy
timothy tim timmy
victoria vicky vic
vincent vince
vladimir volodya vova
volodymyr volodya vova
walter walt
wellington welly
william bill billy will willie liam
wilhelm willi
yekaterina katya
yuri yura
zachary zach zack
";

/// Full names by short form.
fn table() -> &'static WordMap<&'static str, Vec<&'static str>> {
    static FULL: OnceLock<WordMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    FULL.get_or_init(|| {
        let mut full_forms: WordMap<&str, Vec<&str>> = WordMap::default();
        for line in TABLE.lines() {
            let mut names = line.split(' ');
            let Some(full) = names.next() else { continue };
            for short in names {
                full_forms.entry(short).or_default().push(full);
            }
        }
        full_forms
    })
}

/// The full names that a folded short form may stand for.
pub(super) fn full_forms(short: &str) -> &'static [&'static str] {
    table().get(short).map_or(&[], Vec::as_slice)
}

/// True when one folded name is a short form of the other, or both are short forms of one name.
pub(super) fn are_one(one: &str, other: &str) -> bool {
    let (ones, others) = (full_forms(one), full_forms(other));
    ones.contains(&other) || others.contains(&one) || ones.iter().any(|full| others.contains(full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_their_name() {
        assert!(are_one("joe", "joseph") && are_one("bob", "robert") && are_one("zhenya", "yevhen"));
        assert!(!are_one("joe", "john") && !are_one("al", "alexander"));
    }
}
