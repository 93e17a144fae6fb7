from .compile_cache import prepare
from .malloc import share_one_heap

share_one_heap()  # before JAX starts its threads
prepare()
