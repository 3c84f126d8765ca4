# The plan, without an account.
mock_provider "aws" {
  source = "../../tests/mocks"
}

mock_provider "aws" {
  alias  = "west"
  source = "../../tests/mocks"
}

variables {
  packages = "/nowhere"
}

run "shares_nothing" {
  assert {
    condition     = module.central.replicas == 0 && module.west.replicas == 0
    error_message = "A table is replicated."
  }
}
