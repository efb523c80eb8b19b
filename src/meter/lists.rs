use crate::ids::ProductId;

/// A product list of [`ProductLists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// Sets of products in one table: a bit for each product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductLists {
    words_each: usize,
    words: Vec<u64>,
}

const BITS: usize = u64::BITS as usize;

impl Default for ProductLists {
    fn default() -> Self {
        ProductLists::new(0)
    }
}

impl ProductLists {
    /// No lists yet, of so many products.
    pub fn new(products: usize) -> Self {
        ProductLists { words_each: products.div_ceil(BITS).max(1), words: Vec::new() }
    }

    /// Adds a list.
    pub fn add(&mut self, products: impl IntoIterator<Item = ProductId>) -> ListId {
        let list = ListId((self.words.len() / self.words_each) as u32);
        self.words.resize(self.words.len() + self.words_each, 0);
        for product in products {
            let (word, bit) = self.place(list, product);
            self.words[word] |= bit;
        }
        list
    }

    /// Whether the product is on the list.
    pub fn contains(&self, list: ListId, product: ProductId) -> bool {
        let (word, bit) = self.place(list, product);
        self.words[word] & bit != 0
    }

    fn place(&self, list: ListId, product: ProductId) -> (usize, u64) {
        let word = list.0 as usize * self.words_each + product.index() / BITS;
        (word, 1 << (product.index() % BITS))
    }

    /// Adds a list of what is on `list` and not on `cleared`.
    pub(super) fn add_difference(&mut self, list: ListId, cleared: ListId) -> ListId {
        let (new, each) = (ListId((self.words.len() / self.words_each) as u32), self.words_each);
        for word in 0..each {
            let [kept, gone] = [list, cleared].map(|list| self.words[list.0 as usize * each + word]);
            self.words.push(kept & !gone);
        }
        new
    }

    /// Makes these lists those of another table, and keeps the memory.
    pub(super) fn restore(&mut self, from: &Self) {
        self.words.clone_from(&from.words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_more_products_than_a_word_has_bits_stay_apart() {
        let mut lists = ProductLists::new(70);
        let [one, two] = [[0, 64], [1, 69]].map(|ids| lists.add(ids.map(ProductId)));
        let less = lists.add_difference(one, two);
        let cleared = lists.add([ProductId(64)]);
        let left = lists.add_difference(one, cleared);
        for (list, wanted) in [(one, vec![0, 64]), (two, vec![1, 69]), (less, vec![0, 64]), (left, vec![0])] {
            let found: Vec<u32> = (0..70).filter(|id| lists.contains(list, ProductId(*id))).collect();
            assert_eq!(found, wanted);
        }
    }
}
