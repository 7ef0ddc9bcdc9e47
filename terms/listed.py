"""Listed: every kind of clause, in the order in which a note is written and told of."""

from ..engine.meaning.term import Term
from .conversion import CONVERSION
from .default import DEFAULT
from .defaults import DEFAULTS
from .interest import INTEREST
from .issued import ISSUED
from .maturity import MATURITY
from .note import NOTE
from .ownership_cap import OWNERSHIP_CAP
from .payment import PAYMENT
from .principal import PRINCIPAL
from .purchase_price import PURCHASE_PRICE
from .ranking import RANKING

TERMS: tuple[Term, ...] = (
    NOTE,
    ISSUED,
    PRINCIPAL,
    PURCHASE_PRICE,
    MATURITY,
    INTEREST,
    PAYMENT,
    CONVERSION,
    OWNERSHIP_CAP,
    DEFAULT,
    DEFAULTS,
    RANKING,
)
