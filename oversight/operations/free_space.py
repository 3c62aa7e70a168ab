"""Free space, for whoever runs an installation: `status`, /readyz and what watches them."""

from recommendations.domain.writing.disk_space import Disk, disks


def free_space() -> list[Disk]:
    """Each disk that is written to, with what is free (`free`, `in_words`) and whether that is little (`is_low`)."""
    return disks()


def low_disk_space() -> list[str]:
    """A sentence for each disk with less room than LOW_DISK_SPACE; none where all is well."""
    return [f"{disk.in_words} free for {disk.what} ({disk.folder})." for disk in disks() if disk.is_low]
