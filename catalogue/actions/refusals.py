"""Why an action was not done, in one sentence for the person who asked."""


class Refused(Exception):
    """The input cannot be accepted. `field` names the part of it that is wrong, where there is one."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class NotAllowed(Refused):
    """The actor's role, agency or installation may not do this."""


class NotThere(Refused):
    """What the action concerns does not exist for this actor."""


class Conflict(Refused):
    """The record has changed since the actor read it."""

    def __init__(self, sentence, record):
        super().__init__(sentence)
        self.record = record
