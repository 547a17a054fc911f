//! Changes of variables, as values: what an environment does to them while it is active.

/// One change of a variable. `T` is the type of its value: [`Value`], or one word of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T = Value> {
    /// The variable.
    pub name: String,
    /// The change.
    pub how: How<T>,
}

/// How a variable changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How<T = Value> {
    /// It is set, and exported.
    Set(T),
    /// It is unset.
    Unset,
    /// A directory comes before those of a list such as `PATH`.
    Prepend(T),
    /// A directory comes behind them.
    Append(T),
}

/// A text in which values of variables may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value(pub Vec<Part>);

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// This text.
    Text(String),
    /// The value of this variable when the shell comes to it; nothing if it is unset.
    Of(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(vec![Part::Text(text.to_owned())])
    }
}

impl Value {
    /// The text, with the values of variables from this function.
    #[must_use]
    pub fn text(&self, get: impl Fn(&str) -> Option<String>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Of(name) => get(name).unwrap_or_default(),
        };
        self.0.iter().map(part).collect()
    }

    /// The variables whose values stand in it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Of(name) => Some(name.as_str()),
        })
    }
}

impl<T> How<T> {
    /// The value or the directory.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) | Self::Prepend(value) | Self::Append(value) => Some(value),
            Self::Unset => None,
        }
    }

    /// Whether it adds a directory to a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Prepend(_) | Self::Append(_))
    }

    /// Whether it adds one in front.
    pub fn is_first(&self) -> bool {
        matches!(self, Self::Prepend(_))
    }
}
