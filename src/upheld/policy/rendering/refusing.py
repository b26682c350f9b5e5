# SPDX-License-Identifier: Apache-2.0
"""What a person loses who says no: the author's words, and where there are none, what follows from the terms.

People are told before they decline (GB/T 35273-2020, 5.5: the effect of not giving data), so every item has an answer.
"""

from upheld import controls
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.processing import Function, Need, Processing, RefusalEnds
from upheld.policy.rendering.phrases import EFFECTS
from upheld.terms import Language, LawfulBasis


def of_processing(policy: Policy, name: str, language: Language) -> str:
    """Say what a person loses who refuses a function or a further purpose.

    Raises:
        KeyError: the policy declares no such function or purpose.
    """
    return (
        _of(policy.processing[name], Wording(policy, language))
        if controls.in_force("notices.refusal_effect_shown")
        else ""
    )


def of_item(policy: Policy, function: str, category: str, language: Language) -> str:
    """Say what a person loses who does not give one kind of data to a function.

    Raises:
        KeyError: the function does not collect it.
    """
    if not controls.in_force("notices.refusal_effect_shown"):
        return ""
    wording, asked = Wording(policy, language), policy.functions[function]
    if asked.collects[category] is Need.OPTIONAL:
        return EFFECTS["optional"][language].format(label=wording.named(asked.label))
    return _of(asked, wording)


def of_permission(policy: Policy, name: str, language: Language) -> str:
    """Say what a person loses who refuses a permission of the device: what its functions say.

    Raises:
        KeyError: the policy declares no such permission.
    """
    scenes = (one for one in policy.permissions[name].scenes if one in policy.functions)
    return " ".join(dict.fromkeys(said for one in scenes if (said := of_processing(policy, one, language))))


def _of(processing: Processing, wording: Wording) -> str:
    if processing.refused:
        return wording.say(processing.refused) + EFFECTS["stop"][wording.language]
    label = wording.named(processing.label)
    return EFFECTS[_kind(processing)][wording.language].format(label=label)


def _kind(processing: Processing) -> str:
    if processing.basis is LawfulBasis.LEGAL_DUTY:
        return "law"
    if not isinstance(processing, Function):
        return "purpose"
    return "service" if processing.refusal_ends is RefusalEnds.SERVICE else "function"
