"""A parameter of a list page of which one value always holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A parameter that always has one of its values, the first of `options` ({value: words}) where it is not sent."""

    parameter: str
    label: str
    options: dict

    def names(self, values):
        """{value: what it is called}."""
        return {value: self.options[value] for value in values if value in self.options}

    def shown(self, page):
        """What the page shows of it: each value with its address, the one in use marked."""
        first = next(iter(self.options))
        now = page.parameters.get(self.parameter) or first
        values = [
            {
                "name": said,
                "chosen": value == now,
                "href": page.with_(**{self.parameter: None if value == first else value}),
            }
            for value, said in self.options.items()
        ]
        return {"facet": self, "values": values}
