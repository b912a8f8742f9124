"""How gunicorn serves the portal: two processes with four threads each suit two cores (measured, see README)."""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "enamnd.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 120  # a protocol of a hundred pages is printed well within it
graceful_timeout = 20
control_socket_disable = True
loglevel = "warning"  # requests are logged by the portal itself, with who and which
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108  a disk that stalls must not stop the heartbeat
