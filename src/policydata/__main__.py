"""`policydata` as a command: what it says, how it ends, and no traceback for a person's mistake."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from policydata.commands import find_language, read_call
from policydata.commands.calls import AT_FAULT, CALL_AT_FAULT, CallError, DataError, discard
from policydata.messages import say, speak
from policydata.problems import describe_missing_package


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if done, 1 on errors in data or notebooks, 2 on a wrong call."""
    with speak(find_language(arguments)):
        try:
            return _run(arguments)
        except KeyboardInterrupt:
            return _complain(say("policydata: stopped."))
        except BrokenPipeError:
            discard(sys.stdout)
            return AT_FAULT
        except OSError as fault:
            if not fault.filename:
                discard(sys.stdout)
            source = fault.filename or say("standard output")
            said = {"source": source, "fault": say(fault.strerror or str(fault))}
            return _complain(say("policydata: {source}: {fault}.", **said))


def _run(arguments: Sequence[str] | None) -> int:
    """Run one command, and flush what it printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal cannot show is escaped, not lost.
            stream.reconfigure(errors="backslashreplace")
    try:
        options = read_call(arguments)
        return int(options.run(options))
    except ImportError as fault:
        return _complain(f"policydata: {describe_missing_package(fault, options.extra)}")
    except CallError as fault:
        _complain(f"policydata {options.command}: {fault}")
        return CALL_AT_FAULT
    except DataError as fault:
        return _complain(f"policydata {options.command}: {fault}")
    finally:
        if sys.stdout:
            sys.stdout.flush()


def _complain(words: str) -> int:
    """Say on the error stream why a command ends."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        discard(sys.stderr)
    return AT_FAULT


if __name__ == "__main__":
    sys.exit(main())
