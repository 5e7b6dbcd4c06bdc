r"""The LaTeX commands that are read, and as what: tables for ``latex.py``."""


def _table(text: str) -> dict[str, str]:
    r"""``\command meaning`` per line or separated by two spaces."""
    pairs = [pair.split() for line in text.strip().splitlines() for pair in line.strip().split("  ")]
    return {pair[0]: pair[1] for pair in pairs if pair}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPACES = _words(r"""
    \, \; \: \! \> \/ \- \~ \quad \qquad \displaystyle \textstyle \scriptstyle \limits \nolimits \left \right
    \middle \nonumber \notag \hfill \thinspace \medspace \enspace \arg \operatorname* \mathopen \mathclose \mathrel
    \mathbin \mathord \mathstrut \strut \centering \allowbreak \blacksquare \square \qed \Box \qedhere
""") | {"\\ ", "\\\n"}
REMARKS = _words(r"\text \textrm \textit \textbf \mbox \textnormal")
FONTS = REMARKS | _words(r"""
    \mathrm \mathbb \mathcal \mathbf \mathsf \mathit \mathfrak \mathscr \mathds \operatorname \operatorname*
    \boldsymbol \bm \bf \rm
""")
DROPPED = _words(
    r"\tag \tag* \label \phantom \vphantom \hphantom \hspace \hspace* \vspace \color \intertext"
)  # with their argument
UNWRAPPED = _words(r"\boxed \cancel \bcancel \xcancel \underline \ensuremath \smash")  # their argument stays
SECOND = _words(r"\textcolor \colorbox \overset \stackrel")  # their second argument stays
BRACED = _words(r"\underbrace \overbrace \underbracket \overbracket")  # a label may follow
MARKS = _words(r"\hat \tilde \bar \vec \dot \widehat \overline \widetilde")
RELATIONS = _words(r"\le \leq \ge \geq \approx \propto \neq \ne \lt \gt \simeq \cong")
DOTS = _words(r"\ldots \cdots \dots")
OPERATORS = _table(r"""
    \cdot *  \times *  \ast *  \div /
    \{ {  \} }  \lbrace {  \rbrace }  \lbrack [  \rbrack ]  \lparen (  \rparen )
    \| norm  \parallel norm  \Vert norm  \lVert norm  \rVert norm  \Arrowvert norm
    \mid |  \vert |  \lvert |  \rvert |  \sim ~  \colon :
    \equiv =  \coloneqq =  \triangleq =  \doteq =
""")
COMMANDS = _table(r"""
    \frac frac  \dfrac frac  \tfrac frac  \cfrac frac  \nicefrac frac  \sfrac frac
    \sqrt sqrt  \int int  \intop int  \sum sum
    \min min  \max max  \argmin min  \argmax max  \minimize min  \maximize max
""")
NAMES = _table(r"""
    \log log  \ln ln  \exp exp  \infty infinity
    \E E  \Ex E  \EE E  \KL KL  \DKL KL  \Var Var  \var Var  \N N
    \d d  \dd d  \diff d  \differential d
    \varepsilon epsilon  \varphi phi  \vartheta theta  \varsigma sigma  \ell L
""")
WORDS = _words("""
    KL KLD DKL kl Var var log ln exp sqrt min max argmin argmax ELBO elbo Ent data model real fake noise mu sigma
""")  # runs of letters that are one name
ALIASES = {
    "min": "min",
    "max": "max",
    "arg min": "min",
    "arg max": "max",
    "argmin": "min",
    "argmax": "max",
    "sqrt": "sqrt",
}
