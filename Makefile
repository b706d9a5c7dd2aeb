# make demo    builds the program, reads the sample reports into a store and asks it three questions
# make test    runs all the tests
# make bench   measures
# make web     builds the scripts of the explorer (needs Node.js 18); the program embeds them when it is built next
# make browser-test    drives the explorer through its journeys in Chromium
# make setup   installs what the build needs beside Rust (the others do this first)

store := target/demo-store
fazhi := target/release/fazhi

.PHONY: demo test bench web browser-test setup

demo: setup
	@tools/web --if-possible
	cargo build --release --locked
	@rm -rf $(store)
	$(fazhi) build --store $(store) data/reports
	$(fazhi) query --store $(store) laws-by-counties
	$(fazhi) query --store $(store) laws-with-measures --param limit=8
	$(fazhi) query --store $(store) measures-of-field --param field=disputes --param limit=8

test: setup
	cargo test --locked

bench: setup
	cargo bench --locked

web:
	@tools/web

browser-test: setup
	@tools/web --if-possible
	cargo build --release --locked
	@tools/browser-test

setup:
	@tools/setup
