# An image with the command kg, for documents and a graph that lie outside of it:
#
#   docker build -t zhengtu .
#   docker run --rm -v "$PWD/documents:/documents:ro" -v zhengtu:/graph zhengtu build /documents -o /graph
#   docker run -d --init -p 127.0.0.1:8000:8000 -v zhengtu:/graph zhengtu
#
# EXTRAS=office,report,mcp,ocr adds the reader of scans (400 MB more). BASE may be any image with
# Python 3.11 to 3.13 and its module venv.
ARG BASE=docker.io/library/python:3.13-slim

FROM ${BASE} AS build
ARG EXTRAS=office,report,mcp
WORKDIR /source
COPY . .
RUN python3 -m venv /opt/kg && /opt/kg/bin/pip install --no-cache-dir ".[${EXTRAS}]"

FROM ${BASE}
COPY --from=build /opt/kg /opt/kg
RUN groupadd --gid 10001 kg && useradd --uid 10001 --gid kg --create-home kg \
 && mkdir /graph && chown kg:kg /graph
ENV PATH=/opt/kg/bin:$PATH LANG=C.UTF-8
USER kg
WORKDIR /home/kg
EXPOSE 8000
STOPSIGNAL SIGTERM
# ASK {} is answered without reading the graph.
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD ["python3", "-c", \
  "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/sparql?query=ASK%7B%7D', timeout=10)"]
ENTRYPOINT ["kg"]
CMD ["serve", "--directory", "/graph", "--host", "0.0.0.0", "--port", "8000"]
