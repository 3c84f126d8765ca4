variable "name" {
  description = "Name of the table."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the table at rest."
  type        = string
}

variable "deletion_protection" {
  description = "Refuse to delete the table."
  type        = bool
  default     = true
}

variable "replicas" {
  description = "Regions that hold a replica, each with its key."
  type        = list(object({ region = string, kms_key_arn = string }))
  default     = []
}
