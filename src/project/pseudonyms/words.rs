//! The words that pseudonyms are made of, in the order of their bytes.

/// Birds, plants and other creatures.
#[rustfmt::skip]
pub(in crate::project) const NOUNS: [&str; 334] = [
    "Aardvark", "Acacia", "Agate", "Albatross", "Alder", "Alpaca", "Anchovy", "Anemone", "Antelope",
    "Apricot", "Aspen", "Aster", "Avocet", "Badger", "Bamboo", "Barley", "Basalt", "Beaver",
    "Beetle", "Begonia", "Birch", "Bison", "Bittern", "Blackbird", "Bluebell", "Bobcat", "Bonsai",
    "Borage", "Bramble", "Bream", "Buffalo", "Bullfinch", "Bumblebee", "Buttercup", "Buzzard",
    "Cactus", "Camel", "Camellia", "Canary", "Caracal", "Cardamom", "Caribou", "Carp", "Cedar",
    "Chaffinch", "Chamois", "Cheetah", "Cherry", "Chestnut", "Chicory", "Chinchilla", "Cicada",
    "Clover", "Cobra", "Cockatoo", "Condor", "Coral", "Cormorant", "Cougar", "Cowslip", "Coyote",
    "Crane", "Cricket", "Crocus", "Curlew", "Cypress", "Daffodil", "Dahlia", "Daisy", "Dingo",
    "Dipper", "Dogwood", "Dolphin", "Dormouse", "Dotterel", "Dragonfly", "Dunlin", "Eagle", "Egret",
    "Eider", "Elder", "Elk", "Elm", "Emu", "Ermine", "Falcon", "Fennec", "Fennel", "Fern", "Ferret",
    "Fieldfare", "Finch", "Firefly", "Flamingo", "Flax", "Flounder", "Foxglove", "Freesia",
    "Gannet", "Garnet", "Gazelle", "Gecko", "Gentian", "Gerbil", "Gibbon", "Ginger", "Giraffe",
    "Goldfinch", "Goosander", "Gorse", "Goshawk", "Grebe", "Greenfinch", "Grouse", "Gudgeon",
    "Guillemot", "Haddock", "Halibut", "Hamster", "Hare", "Harrier", "Hawthorn", "Hazel", "Heather",
    "Hedgehog", "Heron", "Herring", "Hibiscus", "Holly", "Honeybee", "Hoopoe", "Hornbeam",
    "Hyacinth", "Hyena", "Ibex", "Ibis", "Iguana", "Impala", "Iris", "Ivy", "Jackal", "Jackdaw",
    "Jaguar", "Jasmine", "Jasper", "Jerboa", "Juniper", "Kangaroo", "Kestrel", "Kingfisher", "Kite",
    "Kittiwake", "Kiwi", "Koala", "Kudu", "Lapwing", "Larch", "Lark", "Laurel", "Lavender", "Lemur",
    "Leopard", "Lilac", "Limpet", "Linden", "Linnet", "Llama", "Lobelia", "Lobster", "Lotus",
    "Lovage", "Lupin", "Lynx", "Macaw", "Mackerel", "Magnolia", "Magpie", "Mallard", "Mallow",
    "Mandrill", "Mango", "Manta", "Maple", "Marigold", "Marmot", "Marten", "Martin", "Meerkat",
    "Merlin", "Mimosa", "Minnow", "Mistletoe", "Mongoose", "Moorhen", "Moose", "Moth", "Mulberry",
    "Muskrat", "Myrtle", "Narwhal", "Nettle", "Newt", "Nightingale", "Nightjar", "Nuthatch", "Oak",
    "Ocelot", "Okapi", "Olive", "Opossum", "Orca", "Orchid", "Oriole", "Oryx", "Osprey", "Ostrich",
    "Otter", "Ouzel", "Owl", "Oyster", "Pangolin", "Panther", "Parakeet", "Partridge", "Pelican",
    "Penguin", "Peony", "Perch", "Peregrine", "Petrel", "Petunia", "Pheasant", "Pigeon", "Pika",
    "Pine", "Pintail", "Pipit", "Plantain", "Plover", "Polecat", "Poplar", "Poppy", "Porpoise",
    "Primrose", "Puffin", "Puma", "Quail", "Quetzal", "Quince", "Rabbit", "Raccoon", "Raven",
    "Razorbill", "Redstart", "Redwing", "Reindeer", "Robin", "Rook", "Rosemary", "Rowan", "Saffron",
    "Sage", "Salmon", "Sandpiper", "Sardine", "Seahorse", "Sequoia", "Shearwater", "Shelduck",
    "Shrew", "Skylark", "Sloth", "Snipe", "Snowdrop", "Sorrel", "Sparrow", "Spoonbill", "Spruce",
    "Squirrel", "Starling", "Stoat", "Stonechat", "Stork", "Sturgeon", "Sunflower", "Swallow",
    "Swift", "Sycamore", "Tamarin", "Tamarisk", "Tansy", "Tapir", "Teal", "Tern", "Thistle",
    "Thrush", "Thyme", "Toucan", "Trillium", "Trout", "Tulip", "Turbot", "Turnstone", "Turtle",
    "Urchin", "Vanilla", "Verbena", "Viburnum", "Viper", "Vole", "Wagtail", "Wallaby", "Walnut",
    "Walrus", "Warbler", "Waxwing", "Weasel", "Whale", "Wheatear", "Whimbrel", "Whinchat", "Wigeon",
    "Willow", "Wisteria", "Wolverine", "Wombat", "Woodcock", "Woodlark", "Wren", "Yak", "Yarrow",
    "Yew", "Zebra", "Zinnia",
];

/// What distinguishes pseudonyms with the same noun.
#[rustfmt::skip]
pub(in crate::project) const COLOURS: [&str; 53] = [
    "amber", "ash", "azure", "beige", "bronze", "burgundy", "cerise", "chalk", "cobalt", "copper",
    "crimson", "cyan", "ebony", "emerald", "fawn", "fuchsia", "golden", "grey", "indigo", "ivory",
    "jade", "khaki", "lemon", "lime", "magenta", "maroon", "mauve", "mint", "navy", "ochre", "opal",
    "pearl", "pink", "plum", "purple", "quartz", "russet", "rust", "sand", "scarlet", "sepia",
    "sienna", "silver", "sky", "slate", "teal", "topaz", "turquoise", "umber", "vermilion",
    "violet", "white", "yellow",
];

#[cfg(test)]
mod tests {
    use super::{COLOURS, NOUNS};

    #[test]
    fn words_are_plain_and_in_order() {
        assert!(NOUNS.is_sorted_by(|one, next| one < next));
        assert!(COLOURS.is_sorted_by(|one, next| one < next));
        let is_plain = |word: &&str| word.chars().all(|letter| letter.is_ascii_alphabetic());
        assert!(NOUNS.iter().chain(&COLOURS).all(|word| is_plain(word) && word.len() > 2));
        assert!(NOUNS.len() * COLOURS.len() > 10_000, "several thousand pairs");
    }
}
