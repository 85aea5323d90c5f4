"""Why a backup cannot be made or put back; the command line has a text for each."""

from __future__ import annotations


class BackupError(Exception):
    """Something is in the way; what it names is told to the one who asked."""


class FileThereError(BackupError):
    """The file to be written is there already; a backup never takes the place of another one."""


class BackupBusyError(BackupError):
    """Another process is writing the same backup."""


class CopyRefusedError(BackupError):
    """This user cannot write a copy before the tables change; where it would go is told."""


class SecretStaysError(BackupError):
    """A secret cannot be taken out of the configuration; the key's name is told."""


class NotABackupError(BackupError):
    """The file is none of ours, or somebody has made it up: nothing in it is used."""


class NoBackupFileError(BackupError):
    """There is no such file to restore from."""


class NoFolderError(BackupError):
    """The folder that the backup would go to is not there."""


class NoConfigurationError(BackupError):
    """The backup holds only the database, and there is no configuration to say where it goes."""


class BackupDamagedError(BackupError):
    """The file is cut off or was changed; the part of it that is wrong is told."""


class BackupNewerError(BackupError):
    """A newer version of the program has made it."""


class CityThereError(BackupError):
    """There is a city already where the backup would go."""


class BotRunningError(BackupError):
    """A bot, or another program, works on the city."""


class NoRoomError(BackupError):
    """The disk has less room than the backup needs; how many megabytes it needs is told."""
