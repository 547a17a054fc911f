//! What users type in PowerShell, and what the program makes of the words that the hook hands over. `words.tsv` has the calls, what a
//! function gets, and the words: recorded in PowerShell 7.6.5.

use venvsh::internals::commands::powershell_words::in_usual_spelling;
use venvsh::internals::commands::table::COMMANDS;

const RECORDED: &str = include_str!("words.tsv");

/// Each call, and the words that the program gets.
fn recorded() -> impl Iterator<Item = (&'static str, Vec<String>)> {
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (typed, rest) = line.split_once('\t').expect("three columns");
        let (_, words) = rest.rsplit_once('\t').expect("three columns");
        (typed, serde_json::from_str(words).expect("a list of words"))
    })
}

fn read(command: &str, words: &[String]) -> Vec<String> {
    let command = COMMANDS.find(command).expect("a command");
    in_usual_spelling(&command.command_line(), words, Some("/home/u"))
}

/// A program of the user's gets each word as it was typed, and a list as PowerShell joins one for programs.
#[test]
fn programs_of_the_user_get_what_was_typed() {
    let mut count = 0;
    for (typed, words) in recorded() {
        let before = ["demo", "prog"].map(str::to_owned);
        let expected: Vec<_> = words
            .iter()
            .map(|word| word.replace('\u{1e}', ","))
            .collect();
        let given = [&before[..], &words].concat();
        assert_eq!(
            read("run", &given),
            [&before[..], &expected].concat(),
            "{typed}"
        );
        assert_eq!(
            read("allvirtualenv", &given[1..]),
            [&before[1..], &expected].concat(),
            "{typed}"
        );
        count += 1;
    }
    assert_eq!(count, 85);
}

/// Names of environments: numbers stay as they were typed, and each item of a list is one.
#[test]
fn names_stay_and_lists_are_several() {
    for (typed, expected) in [
        ("demo a", &["a"][..]),
        ("demo 3.10", &["3.10"]),
        ("demo 1e3", &["1e3"]),
        ("demo 007", &["007"]),
        ("demo 3.10,007", &["3.10", "007"]),
        ("demo 3.10, 007", &["3.10", "007"]),
        ("demo a,b c", &["a", "b", "c"]),
        ("demo 'a b' \"c d\" e` f", &["a b", "c d", "e f"]),
        ("demo ''", &[""]),
        ("demo $null", &[]),
        ("demo $arr", &["p", "q r"]),
        ("demo -- -x", &["--", "-x"]),
    ] {
        let (_, words) = recorded().find(|(call, _)| *call == typed).expect(typed);
        assert_eq!(read("rmvirtualenv", &words), expected, "{typed}");
    }
}

/// The options of a command, in the spellings that PowerShell's users know.
#[test]
fn options_are_read_in_powershells_spellings() {
    for (typed, expected) in [
        ("demo -p 3.12 x", &["-p", "3.12", "x"][..]),
        ("demo -p=3.12 x", &["-p", "3.12", "x"]),
        ("demo -p3.12 x", &["-p3.12", "x"]),
        ("demo -p:3.12 x", &["-p", "3.12", "x"]),
        ("demo -Python 3.12 x", &["--python", "3.12", "x"]),
        ("demo -Python:3.10 x", &["--python", "3.10", "x"]),
        ("demo --python 3.10 x", &["--python", "3.10", "x"]),
        ("demo --python=3.10 x", &["--python", "3.10", "x"]),
        ("demo -i six,click x", &["-i", "six", "-i", "click", "x"]),
        ("demo -i six -i click x", &["-i", "six", "-i", "click", "x"]),
        ("demo -rreq.txt", &["-rreq.txt"]),
        ("demo -r=req.txt", &["-r", "req.txt"]),
        ("demo -a=./x y", &["-a", "./x", "y"]),
        ("demo -NoPip x", &["--no-pip", "x"]),
        ("demo -NoPip:$false x", &["x"]),
        ("demo -? ", &["--help"]),
        (
            "demo 3.10 -p 3.9,3.12",
            &["3.10", "-p", "3.9", "-p", "3.12"],
        ),
    ] {
        let (_, words) = recorded().find(|(call, _)| *call == typed).expect(typed);
        assert_eq!(read("mkvirtualenv", &words), expected, "{typed}");
    }
}
