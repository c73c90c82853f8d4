# convene as one small container: built here, run without root, nothing in it but the program and the definitions' place.
#
#   docker build -t convene .
#   docker run -p 8080:8080 -v ./meetings:/meetings:ro -v convene-state:/state \
#     -e CONVENE_BASE_URL=https://calendars.example.org convene

ARG BUILD_IMAGE=rust:1-slim-bookworm
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
# For the allocator.
RUN command -v make || { apt-get update -q && apt-get install -y -q --no-install-recommends make; }
WORKDIR /convene
COPY Cargo.toml Cargo.lock askama.toml ./
COPY src src
RUN cargo build --profile dist --all-features --locked

FROM ${RUN_IMAGE}
COPY --from=build /convene/target/dist/convene /usr/local/bin/convene
# A number, not a name: it needs no line in /etc/passwd, and orchestrators can see that it is not root.
RUN mkdir -m 0700 /state && chown 65532:65532 /state && mkdir /meetings
USER 65532:65532
ENV CONVENE_LISTEN=0.0.0.0:8080 CONVENE_ADMIN_LISTEN=0.0.0.0:8081 CONVENE_MEETINGS=/meetings CONVENE_STATE=/state
VOLUME ["/meetings", "/state"]
EXPOSE 8080 8081
# A container wants 1 for "not healthy", whatever the reason was.
HEALTHCHECK --interval=30s --timeout=6s --start-period=5s CMD convene health || exit 1
ENTRYPOINT ["/usr/local/bin/convene"]
CMD ["serve"]
