"""`make run`: the whole portal on this machine.

Makes the database ready, loads the sample board where there is no board yet, and runs the web server and the task
worker until Ctrl-C, or until one of them ends.
"""

import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = {
    "webbservern": [sys.executable, "-m", "gunicorn", "--config", "enamnd/gunicorn.py"],
    "uppgiftsarbetaren": [sys.executable, "manage.py", "db_worker", "--verbosity", "0"],
}
PATIENCE = 25  # seconds that a process has to end by itself


def main() -> int:
    settle_environment(os.environ)
    make_ready()
    print(f"\nPortalen finns på http://{os.environ['HOST']}:{os.environ['PORT']}/  (avsluta med Ctrl-C)\n", flush=True)
    return run_together(PROCESSES)


def settle_environment(environment):
    """What an installation decides for itself, for use on this machine alone."""
    environment.setdefault("HOST", "127.0.0.1")
    environment.setdefault("PORT", "8000")
    environment.setdefault("HTTPS", "0")
    environment.setdefault("DJANGO_SETTINGS_MODULE", "enamnd.settings")
    if not environment.get("SECRET_KEY"):
        data_dir = Path(environment.get("DATA_DIR") or ROOT / "var")
        environment["SECRET_KEY"] = kept_secret(data_dir / "secret_key")


def kept_secret(file: Path) -> str:
    """The key in the file, made the first time, for nobody's eyes but the owner's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_urlsafe(60))
    return file.read_text()


def make_ready():
    """Database, cache table, sample board on the first start, static files."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_sample")
    call_command("collectstatic", verbosity=0, interactive=False)


def run_together(commands: dict[str, list[str]]) -> int:
    """Run the commands side by side; when one ends or somebody asks us to stop, end them all.

    0 when somebody asked, 1 when a command ended by itself.
    """
    # Sessions of their own: Ctrl-C reaches this process alone, which then asks each to finish what it is doing.
    running = {name: started(command) for name, command in commands.items()}
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        process_id, _ = os.wait()
        name = next((name for name, process in running.items() if process.pid == process_id), "en process")
        print(f"Portalen stannar: {name} har avslutats.", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nPortalen avslutas.", flush=True)
        return 0
    finally:
        end(running.values())


def started(command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603  the commands stand above


def end(processes):
    """Ask each to end, and see that they do."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _interrupt(number, frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
