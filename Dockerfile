# The program in a small image, for councils that build their sites in containers:
#
#   docker build --tag ordinarily .
#   docker run --rm --user "$(id -u)" --volume "$PWD:/site" ordinarily build --site barnet
#   docker run --rm --user "$(id -u)" --volume "$PWD:/site" --publish 127.0.0.1:3000:3000 \
#     ordinarily serve --host 0.0.0.0
FROM rust:1.95-slim-bookworm AS builder
WORKDIR /source
COPY . .
RUN cargo build --locked --release

FROM debian:bookworm-slim
COPY --from=builder /source/target/release/ordinarily /usr/local/bin/ordinarily
# Nobody in particular: the folder with content/ is mounted here.
USER 1000:1000
WORKDIR /site
EXPOSE 3000
ENTRYPOINT ["ordinarily"]
CMD ["build"]
