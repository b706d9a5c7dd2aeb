//! Do the tables of `data/regions` mean what their README says?

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::collections::{BTreeMap, BTreeSet};

/// A row of `regions.csv`.
struct Region {
    code: String,
    name: String,
    level: String,
    from: Option<u16>,
    to: Option<u16>,
    successors: Vec<String>,
    place: Option<(f64, f64)>,
}

impl Region {
    fn covers(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// The first and last year that this row speaks of, within those that the table covers.
    fn years(&self) -> [u16; 2] {
        [self.from.unwrap_or(FIRST_YEAR).max(FIRST_YEAR), self.to.unwrap_or(LAST_YEAR)]
    }
}

/// Rows that ended before this year are not in the table.
const FIRST_YEAR: u16 = 2000;
/// The year of the newest change in the table.
const LAST_YEAR: u16 = 2026;

/// The number of counties at the end of each year, as the national statistics have it.
const COUNTIES: [(u16, usize); 20] = [
    (2005, 2862),
    (2006, 2860),
    (2007, 2859),
    (2008, 2859),
    (2009, 2858),
    (2010, 2856),
    (2011, 2853),
    (2012, 2852),
    (2013, 2853),
    (2014, 2854),
    (2015, 2850),
    (2016, 2851),
    (2017, 2851),
    (2018, 2851),
    (2019, 2846),
    (2020, 2844),
    (2021, 2843),
    (2022, 2843),
    (2023, 2844),
    (2024, 2846),
];

fn records(file: &str, header: &[&str]) -> Vec<csv::StringRecord> {
    let path = format!("{}/data/regions/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(reader.headers().unwrap_or_else(|e| panic!("{path}: {e}")), header, "{file}");
    reader.records().map(|r| r.unwrap_or_else(|e| panic!("{path}: {e}"))).collect()
}

fn year(cell: &str) -> Option<u16> {
    (!cell.is_empty()).then(|| cell.parse().unwrap_or_else(|_| panic!("{cell} is no year")))
}

fn degrees(cell: &str) -> f64 {
    let decimals = cell.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert!(decimals <= 5, "{cell} has more than five decimals");
    cell.parse().unwrap_or_else(|_| panic!("{cell} is no number of degrees"))
}

fn regions() -> Vec<Region> {
    let header = ["code", "name", "level", "from", "to", "successor", "latitude", "longitude"];
    let region = |row: csv::StringRecord| Region {
        code: row[0].to_owned(),
        name: row[1].to_owned(),
        level: row[2].to_owned(),
        from: year(&row[3]),
        to: year(&row[4]),
        successors: row[5].split(';').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        place: match (&row[6], &row[7]) {
            ("", "") => None,
            (latitude, longitude) => Some((degrees(latitude), degrees(longitude))),
        },
    };
    records("regions.csv", &header).into_iter().map(region).collect()
}

fn by_code(regions: &[Region]) -> BTreeMap<&str, Vec<&Region>> {
    let mut map: BTreeMap<&str, Vec<&Region>> = BTreeMap::new();
    for region in regions {
        map.entry(&region.code).or_default().push(region);
    }
    map
}

/// The names that `code` had in `year` (one at most, as a test below makes sure).
fn name_in(regions: &[Region], code: &str, year: u16) -> Option<String> {
    regions.iter().find(|r| r.code == code && r.covers(year)).map(|r| r.name.clone())
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_chinese(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '\u{3007}' | '\u{3400}'..='\u{9fff}'))
}

#[test]
fn regions_are_sorted_and_well_formed() {
    let regions = regions();
    let keys: Vec<_> = regions.iter().map(|r| (&r.code, r.from)).collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "sorted by code, then from; no pair twice");
    for r in &regions {
        let Region { code, name, .. } = r;
        assert!(is_digits(code, 6), "{code} {name}");
        assert!(is_chinese(name), "{code} {name}");
        let shape = match code {
            c if c.ends_with("0000") => "province",
            c if c.ends_with("00") => "prefecture",
            _ => "county",
        };
        assert_eq!(r.level, shape, "{code} {name}");
        assert!(r.to.is_none_or(|to| (FIRST_YEAR..=LAST_YEAR).contains(&to)), "{code} {name}: to");
        assert!(r.from.is_none_or(|from| (1981..=LAST_YEAR).contains(&from)), "{code} {name}: from");
        assert!(r.from <= r.to || r.to.is_none(), "{code} {name} ends before it begins");
        assert!(!["市辖区", "县", "市"].contains(&name.as_str()), "{code} is a placeholder");
    }
}

#[test]
fn a_code_has_one_name_at_a_time() {
    for (code, rows) in by_code(&regions()) {
        for pair in rows.windows(2) {
            assert!(pair[0].to.is_some() && pair[0].to < pair[1].from, "{code} has two names at once");
        }
    }
}

#[test]
fn every_region_has_a_parent_in_its_years() {
    let regions = regions();
    let map = by_code(&regions);
    let known = |code: &str, year| map.get(code).is_some_and(|rows| rows.iter().any(|r| r.covers(year)));
    for r in regions.iter().filter(|r| r.level != "province") {
        for year in r.years() {
            let prefecture = format!("{}00", &r.code[..4]);
            let province = format!("{}0000", &r.code[..2]);
            let parent = known(&prefecture, year) || known(&province, year);
            assert!(parent, "{} {} is within nothing in {year}", r.code, r.name);
            // Only codes that GB/T 2260 puts directly under a province may do without a prefecture.
            let direct = ["11", "12", "31", "50"].contains(&&r.code[..2]) || &r.code[2..4] == "90";
            assert!(direct || known(&prefecture, year), "{} {} has no prefecture in {year}", r.code, r.name);
        }
    }
}

#[test]
fn successors_are_in_force_when_the_region_has_ended() {
    let regions = regions();
    let map = by_code(&regions);
    let mut unknown = BTreeSet::new();
    for r in &regions {
        let Some(to) = r.to else {
            assert!(r.successors.is_empty(), "{} {} has an heir and has not ended", r.code, r.name);
            continue;
        };
        if r.successors.is_empty() {
            unknown.insert((to, r.name.as_str()));
        }
        for heir in &r.successors {
            let rows = map.get(heir.as_str()).unwrap_or_else(|| panic!("{}: no row of {heir}", r.name));
            assert!(rows.iter().any(|h| h.covers(to + 1)), "{} {}: {heir} is not valid in {}", r.code, r.name, to + 1);
        }
    }
    assert!(unknown.iter().all(|(to, _)| *to < 2002), "without successor: {unknown:?}");
}

#[test]
fn counties_in_force_agree_with_the_national_statistics() {
    let regions = regions();
    let map = by_code(&regions);
    // Where old and new are both valid in the year of the change, the statistics count the new one.
    let replaced = |r: &Region, year| {
        let begins = |code: &String| map[code.as_str()].iter().any(|heir| heir.from == Some(year));
        r.to == Some(year) && r.successors.iter().any(begins)
    };
    let count =
        |level: &str, year| regions.iter().filter(|r| r.level == level && r.covers(year) && !replaced(r, year)).count();
    for (year, counties) in COUNTIES {
        assert_eq!(count("county", year), counties, "counties in force at the end of {year}");
        assert_eq!(count("province", year), 34, "provinces in {year}");
    }
    assert_eq!(count("county", 2025), 2845, "江北区 and 渝北区 became 两江新区");
    assert_eq!(count("county", 2026), 2847, "岑岭县 and 草湖市 were founded");
    assert_eq!(count("prefecture", 2024), 333);
}

#[test]
fn coordinates_are_in_china() {
    let regions = regions();
    let mut missing = Vec::new();
    for r in &regions {
        let Some((latitude, longitude)) = r.place else {
            if r.to.is_none() {
                missing.push(&r.name);
            }
            continue;
        };
        assert!((3.0..54.0).contains(&latitude), "{} {}: {latitude}", r.code, r.name);
        assert!((73.0..136.0).contains(&longitude), "{} {}: {longitude}", r.code, r.name);
    }
    assert!(missing.len() <= 5, "in force without coordinates: {missing:?}");
}

#[test]
fn well_known_changes_are_there() {
    // Old code and name, its last year, new code and name, its first year.
    let changes = [
        ("320323", "铜山县", 2009, "320312", "铜山区", 2010),
        ("110103", "崇文区", 2009, "110101", "东城区", 2010),
        ("430122", "望城县", 2010, "430112", "望城区", 2011),
        ("341402", "居巢区", 2010, "340181", "巢湖市", 2011),
        ("320504", "金阊区", 2011, "320508", "姑苏区", 2012),
        ("320482", "金坛市", 2014, "320413", "金坛区", 2015),
        ("110228", "密云县", 2014, "110118", "密云区", 2015),
        ("110229", "延庆县", 2014, "110119", "延庆区", 2015),
        ("469003", "儋州市", 2014, "460400", "儋州市", 2015),
        ("310108", "闸北区", 2014, "310106", "静安区", 2015),
        ("370181", "章丘市", 2015, "370114", "章丘区", 2016),
        ("430124", "宁乡县", 2016, "430182", "宁乡市", 2017),
        ("232723", "漠河县", 2017, "232701", "漠河市", 2018),
        ("371202", "莱城区", 2018, "370116", "莱芜区", 2019),
        ("230702", "伊春区", 2018, "230717", "伊美区", 2019),
        ("320684", "海门市", 2019, "320614", "海门区", 2020),
        ("330103", "下城区", 2020, "330105", "拱墅区", 2021),
        ("410381", "偃师市", 2020, "410307", "偃师区", 2021),
        ("410322", "孟津县", 2020, "410308", "孟津区", 2021),
        ("350427", "沙县", 2020, "350405", "沙县区", 2021),
        ("540422", "米林县", 2022, "540481", "米林市", 2023),
        ("500105", "江北区", 2025, "500157", "两江新区", 2026),
        ("130502", "桥东区", 2019, "130502", "襄都区", 2020),
    ];
    let regions = regions();
    for (old, old_name, last, new, new_name, first) in changes {
        assert_eq!(name_in(&regions, old, last).as_deref(), Some(old_name), "{old} in {last}");
        assert_ne!(name_in(&regions, old, first).as_deref(), Some(old_name), "{old} in {first}");
        assert_eq!(name_in(&regions, new, first).as_deref(), Some(new_name), "{new} in {first}");
        let row = regions.iter().find(|r| r.code == old && r.name == old_name).expect(old_name);
        assert!(row.successors.iter().any(|heir| heir == new), "{old_name} became {new_name}");
    }
    let founded = [
        ("330383", "龙港市", 2019),
        ("460302", "西沙区", 2020),
        ("460303", "南沙区", 2020),
        ("330113", "临平区", 2021),
        ("330114", "钱塘区", 2021),
        ("653228", "和康县", 2024),
        ("653229", "和安县", 2024),
    ];
    for (code, name, first) in founded {
        assert_eq!(name_in(&regions, code, first).as_deref(), Some(name));
        assert_eq!(name_in(&regions, code, first - 1), None, "{name} is new in {first}");
    }
    assert_eq!(name_in(&regions, "330110", 2023).as_deref(), Some("余杭区"));
}

#[test]
fn townships_lie_in_known_counties() {
    let regions = regions();
    let map = by_code(&regions);
    let rows = records("townships.csv", &["code", "name"]);
    assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted by code, none twice");
    assert!((39_000..42_000).contains(&rows.len()), "{} townships", rows.len());
    let valid = |code: &str| map.get(code).is_some_and(|rows| rows.iter().any(|r| r.covers(2023)));
    let mut in_zones = 0;
    for row in &rows {
        let (code, name) = (&row[0], &row[1]);
        assert!(is_digits(code, 9), "{code} {name}");
        assert!(is_chinese(name), "{code} {name}");
        assert!(!name.ends_with("街道办事处"), "{code} {name} is not in its short form");
        if !valid(&code[..6]) {
            in_zones += 1;
            assert!(valid(&format!("{}00", &code[..4])), "{code} {name} is in nothing");
        }
    }
    assert!(in_zones < 500, "{in_zones} townships in no county");
}

#[test]
fn zones_have_a_parent_in_force() {
    let kinds = ["economic_development", "high_tech", "new_area", "bonded", "xpcc_division", "scenic", "other"];
    let regions = regions();
    let in_force: BTreeSet<&str> = regions.iter().filter(|r| r.to.is_none()).map(|r| r.code.as_str()).collect();
    let rows = records("zones.csv", &["name", "parent", "kind"]);
    let keys: Vec<_> = rows.iter().map(|row| (&row[1], &row[0])).collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "sorted by parent, then name; none twice");
    let mut names = BTreeSet::new();
    for row in &rows {
        let name = &row[0];
        assert!(is_chinese(&name.replace('-', "")), "{name}");
        assert!(names.insert(name), "{name} is listed twice");
        assert!(in_force.contains(&row[1]), "{name}: {} is not in force", &row[1]);
        assert!(kinds.contains(&&row[2]), "{name}: unknown kind {}", &row[2]);
    }
}

#[test]
fn every_region_is_spelled() {
    let rows = records("pinyin.csv", &["name", "pinyin"]);
    let names: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "pinyin.csv is not sorted by name");
    for row in &rows {
        let syllables: Vec<&str> = row[1].split(' ').collect();
        assert_eq!(syllables.len(), row[0].chars().count(), "{row:?}");
        assert!(syllables.iter().all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase())), "{row:?}");
    }
    let lexicon = fazhi::lexicon::Regions::load().unwrap();
    for region in lexicon.rows().iter().filter(|region| region.to.is_none()) {
        let spelled = rows.iter().find(|row| region.name.starts_with(&row[0]));
        assert!(spelled.is_some(), "{} has no row in pinyin.csv", region.name);
    }
}

#[test]
fn endings_of_zones_are_in_use() {
    let zones = records("zones.csv", &["name", "parent", "kind"]);
    for row in records("zone_endings.csv", &["ending", "short"]) {
        assert!(is_chinese(&row[0]) && is_chinese(&row[1]), "{row:?}");
        assert!(zones.iter().any(|zone| zone[0].ends_with(&row[0])), "no zone ends with {}", &row[0]);
    }
}
