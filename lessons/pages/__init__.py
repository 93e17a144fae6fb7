"""The lessons as plain pages: no kernel, no server, no network, and the main sliders still move."""
