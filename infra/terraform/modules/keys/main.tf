# The key policies are the service's default: the roles of the account decide who may use a key.

# Wraps Stile's own keys: seeds, destinations, codes, answers, signing. To lose it is to lose them.
resource "aws_kms_key" "wrapping" {
  description             = "${var.name}: wraps the keys of Stile"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "wrapping" {
  name          = "alias/${var.name}-wrapping"
  target_key_id = aws_kms_key.wrapping.key_id
}

# Encrypts the table and the queues at rest.
resource "aws_kms_key" "storage" {
  description             = "${var.name}: encrypts the table and the queues"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "storage" {
  name          = "alias/${var.name}-storage"
  target_key_id = aws_kms_key.storage.key_id
}
