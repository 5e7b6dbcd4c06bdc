from autograder.checks import Battery, agrees, arguments, call, make, texts

signature = "CharTokenizer(text)"


class Tokenizer:
    """The oracle: the same steps are taken with it."""

    def __init__(self, text):
        self.characters = ["?", *sorted(set(text))]

    def __len__(self):
        return len(self.characters)

    def encode(self, text):
        return [self.characters.index(c, 1) if c in self.characters[1:] else 0 for c in text]

    def decode(self, ids):
        return "".join(self.characters[i] for i in ids)


def tokenizer(*steps):
    domain = texts("helo AaBb?!xyz")
    return Battery(
        "CharTokenizer",
        Tokenizer,
        inputs=arguments(domain, domain),
        parameters=("text", "other"),
        examples=(("hello", "hole!"), ("Ab Ba cC", "a b?"), ("xyzzy  ", "Zx"), ("q", "qq")),
        steps=steps,
    )


made = make("tokenizer", "text")
known = tokenizer(
    made,
    call("tokenizer.encode", "text", label="ids"),
    call("tokenizer.decode", "ids", label="decoded"),
    call("tokenizer.__len__", label="length"),
)
unknown = tokenizer(
    made, call("tokenizer.encode", "other", label="ids"), call("tokenizer.decode", "ids", label="decoded")
)
apart = tokenizer(made, make("second", "other"), call("tokenizer.encode", "text", label="ids"))
length = tokenizer(made, call("tokenizer.__len__", label="length"))

checks = [
    agrees(known["ids"], name="encodes the text"),
    agrees(known["decoded"], name="decodes what it encoded"),
    agrees(unknown, name="has the id 0 for other characters", points=0.5),
    agrees(length["length"], name="knows its length", points=0.5),
    agrees(apart, name="two tokenizers keep apart", points=0.5),
]
