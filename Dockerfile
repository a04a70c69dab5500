# Builds the site that is mounted at /site, into its folder site/:
#   docker build --tag briefing .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" briefing
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /tool
COPY constraints.txt pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY briefing briefing
COPY templates templates
# What makes the package stays here, pip too; what it needs goes with it.
RUN python -m venv /opt/maker \
    && /opt/maker/bin/pip install --constraint constraints.txt hatchling \
    && /opt/maker/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m venv --without-pip /opt/briefing \
    && /opt/maker/bin/pip --python /opt/briefing/bin/python install --constraint constraints.txt /wheels/*.whl

FROM python:3.11-slim
COPY --from=build /opt/briefing /opt/briefing
ENV PATH="/opt/briefing/bin:$PATH" HOME=/tmp
# Nobody in particular: whoever owns the folder that is mounted is named by --user.
USER 1000:1000
WORKDIR /site
ENTRYPOINT ["briefing"]
CMD ["build"]
