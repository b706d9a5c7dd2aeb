"""The measures of `fazhi analyze` beside those of networkx, on the very same network, for the comparison in
docs/performance.md. Exits with an error where they differ by more than rounding.

    python3 -m venv venv && venv/bin/pip install networkx==3.6.1 numpy==2.4.6 scipy==1.17.1
    venv/bin/python benches/networks.py target/release/fazhi STORE cocitation --least 5

What follows the name of the network goes to `fazhi analyze`. networkx reads the GraphML, and the CSV of the edges stays
in /tmp for `cargo bench --bench networks`, which times the algorithms of fazhi alone.
"""

import subprocess
import sys
import time

import networkx as nx


def timed(name, run, *arguments, **options):
    start = time.perf_counter()
    found = run(*arguments, **options)
    print(f"networkx {name}: {time.perf_counter() - start:.3f} s", flush=True)
    return found


def main() -> None:
    program, store, *what = sys.argv[1:]
    path, edges = "/tmp/fazhi-network.graphml", "/tmp/fazhi-network.csv"
    command = [program, "analyze", *what, "--store", store, "--timeout", "0", "--format"]
    start = time.perf_counter()
    subprocess.run([*command, "graphml", "-o", path], check=True)
    print(f"fazhi, whole process with the query and all measures: {time.perf_counter() - start:.3f} s", flush=True)
    subprocess.run([*command, "edges-csv", "-o", edges], check=True)

    graph = timed("reading GraphML", nx.read_graphml, path)
    print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")

    def of(name):
        return {node: data[name] for node, data in graph.nodes(data=True)}

    def worst(ours, theirs):
        return max(abs(ours[node] - theirs[node]) for node in ours)

    rank = timed("PageRank", nx.pagerank, graph, alpha=0.85, tol=1e-13, max_iter=1000)
    difference = worst(of("page_rank"), rank)
    print(f"PageRank: largest difference {difference:.1e}")
    assert difference < 1e-9
    cores = timed("core numbers", nx.core_number, graph)
    assert of("core") == cores, "core numbers differ"
    print("core numbers: equal")

    groups = {}
    for node, community in of("community").items():
        groups.setdefault(community, set()).add(node)
    ours = nx.community.modularity(graph, groups.values())
    found = [timed(f"Louvain, seed {seed}", nx.community.louvain_communities, graph, seed=seed) for seed in (1, 2, 3)]
    theirs = [nx.community.modularity(graph, communities) for communities in found]
    print(f"modularity: fazhi {ours:.6f}, networkx Louvain {', '.join(f'{value:.6f}' for value in theirs)}")
    assert ours >= max(theirs) - 1e-9, "networkx found better communities"
    split = sum(not nx.is_connected(graph.subgraph(group)) for group in groups.values())
    print(f"communities: {len(groups)}, of which {split} are not connected")
    assert split == 0

    if graph.number_of_nodes() * graph.number_of_edges() > 60_000_000:
        print("betweenness: left out, as networkx would take many minutes; use --least")
        return
    between = timed("betweenness", nx.betweenness_centrality, graph)
    difference = worst(of("betweenness"), between)
    print(f"betweenness: largest difference {difference:.1e}")
    assert difference < 1e-9


if __name__ == "__main__":
    main()
