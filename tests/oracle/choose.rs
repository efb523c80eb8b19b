//! Choices: a generator asks for numbers, and doesn't know whether they are drawn or enumerated.

/// Answers a generator's questions.
pub trait Choose {
    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize;
}

impl dyn Choose + '_ {
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// One of the first so many.
    pub fn between(&mut self, from: usize, until: usize) -> usize {
        from + self.below(until - from + 1)
    }
}

/// Draws: the same seed gives the same answers (splitmix64).
pub struct Drawn(pub u64);

impl Choose for Drawn {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// Enumerates: each round gives other answers, until all were given (the idea is TigerBeetle's exhaustigen).
#[derive(Default)]
pub struct Every {
    /// The answers of this round, each with its bound.
    answers: Vec<(usize, usize)>,
    asked: usize,
    started: bool,
}

impl Every {
    /// Whether there is another round; it is begun.
    pub fn next_round(&mut self) -> bool {
        self.asked = 0;
        if !self.started {
            self.started = true;
            return true;
        }
        while let Some((answer, bound)) = self.answers.pop() {
            if answer + 1 < bound {
                self.answers.push((answer + 1, bound));
                return true;
            }
        }
        false
    }
}

impl Choose for Every {
    fn below(&mut self, bound: usize) -> usize {
        if self.asked == self.answers.len() {
            self.answers.push((0, bound));
        }
        self.asked += 1;
        self.answers[self.asked - 1].0
    }
}
