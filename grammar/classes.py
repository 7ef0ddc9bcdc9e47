"""Classes: attrs, as the house uses it.

Every start of the program makes a hundred classes, and what attrs writes and compiles for each is most of
what a start takes. So only `__init__` is written for a class; how its instances compare, hash and show
themselves is said here once. To a type checker all this is attrs and nothing else.
"""

TYPE_CHECKING = False  # the constant of `typing`, which need not be imported for it
if TYPE_CHECKING:
    from attrs import asdict, evolve, field, fields, frozen
    from attrs import frozen as made_often
else:
    from operator import attrgetter

    from attr import asdict, attrs, evolve, field, fields

    def frozen(cls=None, *, eq=True, slots=True):
        """A class of values: compared by their fields unless `eq` is false, and never changed."""
        return _made(cls, eq, slots, frozen=True) if cls is not None else lambda cls: _made(cls, eq, slots, True)

    def made_often(cls=None, *, eq=True):
        """The same of what is made by the hundred: that it never changes only the type checker sees to.

        To hold a value against change while the program runs takes longer than to make it.
        """
        return _made(cls, eq, True, frozen=False) if cls is not None else lambda cls: _made(cls, eq, True, False)

    def _made(cls, eq, slots, frozen):
        own = cls.__dict__
        # What `define` comes to once it has looked at the class: nobody here writes what it looks for.
        made = attrs(
            auto_attribs=True,
            frozen=frozen,
            slots=slots,
            eq=False,
            repr=False,
            auto_exc=True,
            collect_by_mro=True,
        )(cls)
        if "__repr__" not in own and not issubclass(made, BaseException):
            made.__repr__ = _shown
        if eq and "__eq__" not in own and not issubclass(made, BaseException):
            names = [each.name for each in made.__attrs_attrs__ if each.eq]
            made.__eq__, made.__hash__ = _compared(names)
        return made

    def _shown(self):
        names = [each.name for each in self.__attrs_attrs__ if each.repr]
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({said})"

    def _compared(names):
        """Equality and hash by these fields, of instances of one class."""

        def few(self):
            return tuple([getattr(self, name) for name in names])

        key = attrgetter(*names) if len(names) > 1 else few

        def equal(self, other):
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self):
            return hash(key(self))

        return equal, hashed


__all__ = ["asdict", "evolve", "field", "fields", "frozen", "made_often"]
