"""How to cite the benchmark, with the mentions that a published poll must carry."""
