//! Sets that are joined one by one: a union-find structure, so that finding out what belongs together costs hardly more than one step for
//! each join, however long the route is, and however many messages there are.

/// Numbers from 0 on, each in exactly one set.
#[derive(Debug)]
pub struct Sets {
    /// For each number another one of its set, nearer to the one that stands for the set.
    parents: Vec<usize>,
    sizes: Vec<usize>,
}

impl Sets {
    /// So many sets of one number each.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), sizes: vec![1; count] }
    }

    /// The number that stands for the set of this one.
    pub fn find(&mut self, mut number: usize) -> usize {
        while let Some(parent) = self.parents.get(number).copied().filter(|parent| *parent != number) {
            // Every second step is left out the next time.
            let next = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(shorter) = self.parents.get_mut(number) {
                *shorter = next;
            }
            number = next;
        }
        number
    }

    /// Whether two numbers are in one set.
    pub fn is_joined(&mut self, one: usize, other: usize) -> bool {
        self.find(one) == self.find(other)
    }

    /// Makes one set of two. Gives the number that stands for it now, and the one that stood for the other part.
    pub fn join(&mut self, one: usize, other: usize) -> (usize, usize) {
        let [one, other] = [self.find(one), self.find(other)];
        let [size, other_size] = [one, other].map(|root| self.sizes.get(root).copied().unwrap_or(1));
        let (root, part) = if size >= other_size { (one, other) } else { (other, one) };
        if root != part {
            for (place, value) in
                [(self.parents.get_mut(part), root), (self.sizes.get_mut(root), size + other_size)]
            {
                if let Some(place) = place {
                    *place = value;
                }
            }
        }
        (root, part)
    }
}
