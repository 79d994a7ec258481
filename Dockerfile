# One image for web, worker, beat and migrate; compose.yaml says which command each runs.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore \
    THIDUA_VAR=/app/var \
    WEB_CONCURRENCY=2

WORKDIR /app
RUN groupadd --gid 10001 thidua \
    && useradd --uid 10001 --gid thidua --no-create-home --home-dir /app thidua

# The packages first: they change seldom, and this layer is then kept.
COPY requirements/runtime.lock requirements/runtime.lock
RUN pip install --no-deps --require-hashes --compile -r requirements/runtime.lock

COPY . .
# The key signs nothing here: settings need one to load, and it stays out of the image's layers.
RUN pybabel compile -d locale -D django \
    && python -m compileall -q . \
    && mkdir -m 0755 var \
    && SECRET_KEY=only-for-the-build python manage.py collectstatic --noinput \
    && install -d -o thidua -g thidua var/mail var/evidence var/exports

# No access log of gunicorn's: it would hold addresses and links. The product writes its own.
# The files belong to root and the processes do not: a break-in cannot rewrite the program.
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
