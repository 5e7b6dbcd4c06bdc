r"""The LaTeX commands that are read, and as what: tables for ``latex.py``."""


def _table(text: str) -> dict[str, str]:
    r"""``\command meaning`` per line or separated by two spaces."""
    pairs = [pair.split() for line in text.strip().splitlines() for pair in line.strip().split("  ")]
    return {pair[0]: pair[1] for pair in pairs if pair}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPACES = _words(r"""
    \, \; \: \! \> \/ \- \~ \displaystyle \textstyle \scriptstyle \limits \nolimits \left \right
    \middle \nonumber \notag \hfill \thinspace \medspace \enspace \operatorname* \mathopen \mathclose \mathrel
    \mathbin \mathord \mathstrut \strut \centering \allowbreak \scriptscriptstyle \noindent \displaylimits
    \tiny \small \normalsize \large \Large \LARGE \huge \Huge \footnotesize \bfseries \itshape \hline \toprule
    \middle \relax \null \smallskip \medskip \bigskip \newline \par \negthinspace \negmedspace \mathsurround
""") | {"\\ ", "\\\n"}
GAPS = _words(r"\quad \qquad \hfill \hfil \enskip")
TICKS = _words(r"\checkmark \blacksquare \square \qed \Box \qedhere \QED \surd \lightning")
REMARKS = _words(r"\text \textrm \textit \textbf \mbox \textnormal \textsf \emph \intertext \shortintertext \hbox")
FONTS = REMARKS | _words(r"""
    \mathrm \mathbb \mathcal \mathbf \mathsf \mathit \mathfrak \mathscr \mathds \operatorname \operatorname*
    \boldsymbol \bm \bf \rm \it \cal \mathtt \mathnormal \pmb \symbf
""")
DROPPED = _words(
    r"\tag \tag* \label \phantom \vphantom \hphantom \hspace \hspace* \vspace \color \ref \eqref \cite"
)  # with their argument
UNWRAPPED = _words(
    r"\boxed \fbox \framebox \cancel \bcancel \xcancel \underline \ensuremath \smash \mathclap"
)  # their argument stays
SECOND = _words(r"\textcolor \colorbox \overset \stackrel")  # their second argument stays
BRACED = _words(r"\underbrace \overbrace \underbracket \overbracket")  # a label may follow
MARKS = {  # what is put behind a letter with a mark, "" where the mark changes nothing
    "\\hat": "hat",
    "\\widehat": "hat",
    "\\tilde": "tilde",
    "\\widetilde": "tilde",
    "\\bar": "bar",
    "\\overline": "bar",
    "\\dot": "dot",
    "\\check": "check",
    "\\vec": "",
    "\\overrightarrow": "",
    "\\underbar": "",
    "\\utilde": "",
}
RELATION_SIGNS = {
    "\\le": "≤",
    "\\leq": "≤",
    "\\leqslant": "≤",
    "\\ge": "≥",
    "\\geq": "≥",
    "\\geqslant": "≥",
    "\\lt": "<",
    "\\gt": ">",
    "\\approx": "≈",
    "\\simeq": "≈",
    "\\cong": "≈",
    "\\propto": "∝",
    "\\neq": "≠",
    "\\ne": "≠",
}
ARROWS = {"\\xrightarrow": ";", "\\xlongrightarrow": ";", "\\xRightarrow": ";", "\\xlongequal": "=", "\\xequal": "="}
DOTS = _words(r"\ldots \cdots \dots")
OPERATORS = _table(r"""
    \cdot *  \times *  \ast *  \div /
    \{ {  \} }  \lbrace {  \rbrace }  \lbrack [  \rbrack ]  \lparen (  \rparen )
    \| norm  \parallel norm  \Vert norm  \lVert norm  \rVert norm  \Arrowvert norm
    \langle <(  \rangle )>  \star *  \prime '  \over over
    \mid |  \vert |  \lvert |  \rvert |  \sim ~  \colon :
    \equiv =  \coloneqq =  \triangleq =  \doteq =
""")
COMMANDS = _table(r"""
    \frac frac  \dfrac frac  \tfrac frac  \cfrac frac  \nicefrac frac  \sfrac frac
    \sqrt sqrt  \int int  \intop int  \sum sum  \prod prod
    \min min  \max max  \argmin argmin  \argmax argmax  \minimize min  \maximize max  \inf min  \sup max  \arg arg
""")
NAMES = _table(r"""
    \log log  \ln ln  \exp exp  \infty infinity
    \E E  \Ex E  \EE E  \KL KL  \DKL KL  \Var Var  \var Var  \N N
    \partial partial  \nabla nabla
    \Gamma Gamma  \Delta Delta  \Theta Theta  \Lambda Lambda  \Xi Xi  \Pi Pi  \Sigma Sigma  \Phi Phi  \Psi Psi  \Omega Omega
    \d d  \dd d  \diff d  \differential d
    \varepsilon epsilon  \varphi phi  \vartheta theta  \varsigma sigma  \ell L
""")
WORDS = _words("""
    KL KLD DKL kl Var var log ln exp sqrt min max argmin argmax ELBO elbo Ent data model real fake noise mu sigma
    minimize maximize minimise maximise inf sup
""")  # runs of letters that are one name
ALIASES = {
    "min": "min", "max": "max", "inf": "min", "sup": "max", "sqrt": "sqrt",
    "minimize": "min", "maximize": "max", "minimise": "min", "maximise": "max",
    "arg min": "argmin", "arg max": "argmax", "argmin": "argmin", "argmax": "argmax",
}  # fmt: skip


def unknown(command: str) -> str:
    """Why a command is not read."""
    if command in DOTS:
        return "Dots are not read; write all terms."
    return f"The command {command} is not part of the language here; write the formula without it."
