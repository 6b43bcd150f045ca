"""Sentences the script of a room says, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def of_script() -> dict[str, str]:
    return _devices() | _line() | _room()


def _devices() -> dict[str, str]:
    return {
        "cameraWorks": _("Camera works"),
        "cameraOff": _("Without camera"),
        "microphoneWorks": _("Microphone is on"),
        "microphoneHeard": _("We hear you"),
        "microphoneOff": _("Without microphone"),
        "asking": _("Your browser asks whether it may use them. Say yes there."),
        "refused": _(
            "Your browser does not let us use camera and microphone. Tap the sign beside the address, allow "
            "them, and try again. You can also enter without."
        ),
        "none": _("We found no camera and no microphone. Plug one in and try again, or enter without."),
        "busy": _("Another program uses your camera or microphone. Close it and try again."),
        "unsupported": _(
            "This browser cannot make video calls. Use a current Chrome, Edge, Firefox or Safari."
        ),
        "camera": _("Camera"),
        "microphone": _("Microphone"),
        "soundPlayed": _("Did you hear two notes? Then your speaker works."),
    }


def _line() -> dict[str, str]:
    return {
        "connecting": _("Connecting …"),
        "good": _("Good line"),
        "weak": _("Weak line: the picture may freeze, sound goes on"),
        "lost": _("The line is down. Trying again …"),
        "offline": _("Your internet is gone. We try again by ourselves."),
        "failed": _(
            "Your networks do not let you reach each other directly. Go on in writing beside the picture."
        ),
        "peerMuted": _("microphone off"),
        "peerDark": _("camera off"),
    }


def _room() -> dict[str, str]:
    return {
        "opensIn": _("Opens in %s"),
        "isOpen": _("The room is open"),
        "waiting": _("You are in. The other side has not come yet; this page tells you."),
        "here": _("%s is here"),
        "away": _("%s is away for a moment"),
        "gone": _("The other side has left"),
        "left": _("%s min left"),
        "over": _("Time is up; the room stays open until %s"),
        "muteOn": _("Mute"),
        "muteOff": _("Unmute"),
        "darkOn": _("Camera off"),
        "darkOff": _("Camera on"),
        "you": _("You"),
        "notSent": _("being sent …"),
        "tooMuch": _("Too fast. Wait a moment and send it again."),
        "takenOver": _("You entered from another tab or device. This one is out."),
        "closed": _("The room has closed."),
        "hasLeft": _("You have left the room."),
        "stopped": _("You cannot be in this room any more."),
        "tryAgain": _("That did not work. Try again."),
    }
