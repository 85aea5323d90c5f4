"""Planted bugs of what runs beside the road of a photo: other processes, clocks, files."""

from __future__ import annotations

from typing import Final

from tests.mutants.mutant import FAULT, LEASES, PICTURES, TEAM, Mutant

BESIDE: Final = (
    Mutant(
        "let what waits wait for the time that the clock lost",
        "usecases/courier_desk.py",
        "nearer = max(office.now, row.not_before - step)",
        "nearer = max(office.now, row.not_before)",
        (f"{FAULT}[F33]", "tests/integration/bot/test_receiver.py"),
    ),
    Mutant(
        "a lease of the dead that never ends",
        "storage/leasing.py",
        'BURY = "DELETE FROM leases WHERE until < clock_timestamp()"',
        "BURY = \"DELETE FROM leases WHERE until < clock_timestamp() - interval '1 day'\"",
        (LEASES,),
    ),
    Mutant(
        "a lease that two have",
        "storage/leasing.py",
        "WHERE leases.owner = excluded.owner OR leases.until < clock_timestamp()",
        "WHERE true",
        (LEASES,),
    ),
    Mutant(
        "a lease that is kept at the end",
        "storage/leasing.py",
        "            driver.execute(LEAVE, (self._owner,))\n",
        "",
        (LEASES,),
    ),
    Mutant(
        "two processes write to one chat at once",
        "delivery/team.py",
        "if row.chat in self.busy | self.pace.shut(now):",
        "if row.chat in self.pace.shut(now):",
        (TEAM,),
    ),
    Mutant(
        "a row that a process takes before its turn",
        "delivery/team.py",
        "row = office.uow.outbox.claim(row_id)",
        "row = office.uow.outbox.get(row_id)",
        (TEAM,),
    ),
    Mutant(
        "what a dead process was sending stays so",
        "delivery/team.py",
        "        for row_id in office.uow.team.lost_calls():\n",
        "        for row_id in list(office.uow.team.lost_calls())[:0]:\n",
        (TEAM,),
    ),
    Mutant(
        "what a living process is sending counts as lost",
        "storage/shelves/team.py",
        '.where(text(f"outbox.{tables.IS_SENDING}"), not_(IN_HAND))',
        '.where(text(f"outbox.{tables.IS_SENDING}"))',
        (TEAM,),
    ),
    Mutant(
        "a flood answer that the other processes do not hear of",
        "usecases/courier_desk.py",
        "office.uow.team.pause(Pause(chat=row.chat, since=office.now, until=row.not_before))",
        "del row",
        (TEAM,),
    ),
    Mutant(
        "judge twice what a dead process was sending",
        "delivery/team.py",
        "if late or (not mine and verb in courier_desk.UNSENT):",
        "if late:",
        (TEAM,),
    ),
    Mutant(
        "a photo that two processes fetch",
        "delivery/team.py",
        "photos = [photo for photo in found if photo.id not in elsewhere][:limit]",
        "photos = list(found)[:limit]",
        (TEAM,),
    ),
    Mutant(
        "place and owner handed on in a sheet",
        "pictures/sheet.py",
        "    return _saved(image)\n",
        '    found = next((one for column in spec.columns for one in column.photos if one), b"")\n'
        "    if not found:\n"
        "        return _saved(image)\n"
        "    out = io.BytesIO()\n"
        '    image.save(out, "JPEG", exif=Image.open(io.BytesIO(found)).getexif())\n'
        "    return out.getvalue()\n",
        (f"{PICTURES}/test_sheet.py::test_no_metadata_of_any_photo_is_in_the_sheet",),
    ),
    Mutant(
        "what stands in a photo's file kept beside its pixels",
        "pictures/decoding.py",
        "    image.info.clear()",
        "    image.info.update()",
        (PICTURES,),
    ),
    Mutant(
        "forget how the phone was held",
        "pictures/decoding.py",
        "_TURNS.get(header.orientation)",
        "_TURNS.get(0)",
        (PICTURES,),
    ),
)
