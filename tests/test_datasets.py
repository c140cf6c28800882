"""A data set is found from any folder in it, whether it is a clone or one's own."""

from policydata.datasets import DataSet, find_data_set


def make_folders(root, *names):
    for name in names:
        (root / name).mkdir(parents=True)


def test_a_clone_has_its_tables_in_data(tmp_path):
    make_folders(tmp_path, "data/coded", "data/reference", "notebooks")
    data = tmp_path / "data"
    assert find_data_set(tmp_path / "notebooks") == DataSet(
        tmp_path, data / "coded", data / "reference", tmp_path / "texts"
    )


def test_a_data_set_of_ones_own_has_them_beside_its_readme(tmp_path):
    make_folders(tmp_path, "coded", "reference", "notebooks")
    folders = [tmp_path / name for name in ("coded", "reference", "texts")]
    assert find_data_set(tmp_path) == DataSet(tmp_path, *folders)


def test_coded_tables_without_reference_tables_are_no_data_set(tmp_path):
    make_folders(tmp_path, "coded")
    assert find_data_set(tmp_path / "coded") is None
