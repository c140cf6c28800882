"""A data set is found from any folder in it, whether it is a clone or one's own."""

from policydata.datasets import DataSet, find_data_set


def make_folders(root, *names):
    for name in names:
        (root / name).mkdir(parents=True)


def test_a_clone_has_its_tables_in_data(tmp_path):
    make_folders(tmp_path, "src/policydata", "data/coded", "data/reference", "notebooks")
    data = tmp_path / "data"
    found = find_data_set(tmp_path / "notebooks")
    assert found == DataSet(tmp_path, data / "coded", data / "reference", tmp_path / "texts")
    assert found.is_clone
    made = [tmp_path / "src/policydata/tables", data / "CODEBOOK.md", data / "VERSION"]
    assert [found.tables, found.codebook, found.version] == made
    package = [data / "datapackage.json", data / "tables/statements.csv"]
    assert [found.descriptor, found.tidy_copy] == package


def test_a_data_set_of_ones_own_has_them_beside_its_readme(tmp_path):
    make_folders(tmp_path, "coded", "reference", "notebooks")
    folders = [tmp_path / name for name in ("coded", "reference", "texts")]
    found = find_data_set(tmp_path)
    assert found == DataSet(tmp_path, *folders)
    assert not found.is_clone
    made = [tmp_path / name for name in ("tables", "CODEBOOK.md", "VERSION")]
    assert [found.tables, found.codebook, found.version] == made
    package = [tmp_path / "datapackage.json", tmp_path / "tables/statements.csv"]
    assert [found.descriptor, found.tidy_copy] == package


def test_a_data_set_of_ones_own_may_be_called_data_and_is_found_from_above(tmp_path):
    make_folders(tmp_path, "data/coded", "data/reference")
    for start in (tmp_path, tmp_path / "data/coded"):
        assert find_data_set(start).root == tmp_path / "data"
        assert not find_data_set(start).is_clone


def test_coded_tables_without_reference_tables_are_no_data_set(tmp_path):
    make_folders(tmp_path, "coded")
    assert find_data_set(tmp_path / "coded") is None
